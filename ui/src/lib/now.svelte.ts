// The present, to the minute, for texts like «вчера» that must not grow stale.

class Now {
  minute = $state(Date.now());

  constructor() {
    setInterval(() => (this.minute = Date.now()), 60_000);
  }
}

export const now = new Now();
