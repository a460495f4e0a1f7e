// What the measurements of the interface share.

const share = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];

export const figures = (times) => {
  const sorted = times.toSorted((a, b) => a - b);
  const round = (n) => Math.round(n * 10) / 10;
  return { n: sorted.length, p50: round(share(sorted, 0.5)), p95: round(share(sorted, 0.95)), most: round(sorted.at(-1)) };
};

/** For the page: the end of the first frame that began with something in the tree: what is there then is painted in it. */
export function painting() {
  window.painted = async (there) => {
    for (let given = performance.now() + 5_000; performance.now() < given; ) {
      await new Promise(requestAnimationFrame);
      if (!there()) continue;
      return new Promise((resolve) => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => resolve(performance.now());
        channel.port2.postMessage(null);
      });
    }
    return Infinity;
  };
}

/** Measures things done to a page: until each is painted, and the work of the page's own thread, whatever else the machine does. */
export async function stopwatch(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const spent = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration').value * 1_000;
  };
  // What asking twice costs by itself.
  const idle = await spent().then(async (before) => (await spent()) - before);
  const times = [];
  return {
    /** `act` gives how long it took until it was painted. */
    async measure(act) {
      const before = await spent();
      const painted = await act();
      times.push({ painted, work: Math.max(0, (await spent()) - before - idle) });
    },
    figures: () => ({ painted: figures(times.map(({ painted }) => painted)), work: figures(times.map(({ work }) => work)) }),
  };
}
