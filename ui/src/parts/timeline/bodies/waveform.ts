const BARS = 40;
const STEP = 200 / BARS;
const HIGHEST = 22;
const LOWEST = 2;

/** The bars of a recording as one path in a box of 200 by 24; a quiet line where the sender gave no waveform. */
export function bars(waveform: readonly number[]): string {
  const loudest = Math.max(1, ...waveform);
  let path = '';
  for (let i = 0; i < BARS; i++) {
    const from = Math.floor((i * waveform.length) / BARS);
    const to = Math.max(from + 1, Math.floor(((i + 1) * waveform.length) / BARS));
    const level = waveform.length === 0 ? 0.1 : Math.max(...waveform.slice(from, to)) / loudest;
    const height = Math.max(LOWEST, Math.round(level * HIGHEST));
    path += `M${(i + 0.5) * STEP} ${12 - height / 2}v${height}`;
  }
  return path;
}
