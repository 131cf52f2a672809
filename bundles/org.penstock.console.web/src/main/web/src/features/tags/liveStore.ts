export interface Sample {
  value?: unknown;
  type?: string;
  quality: string;
  reason?: string;
  at?: string;
  valueAt?: string;
}
export interface Batch {
  asset: string;
  channels: Record<string, Sample>;
}

export const keyOf = (asset: string, channel: string): string => `${asset}\u0000${channel}`;

/** Samples live outside React; one notification per row and animation frame. */
export class LiveStore {
  private readonly samples = new Map<string, Sample>();
  private readonly watchers = new Map<string, Set<() => void>>();
  private dirty = new Set<string>();
  private frame = 0;
  private source: EventSource | undefined;

  get = (key: string): Sample | undefined => this.samples.get(key);

  /** What was known before values flow. */
  seed(key: string, sample: Sample): void {
    if (!this.samples.has(key)) this.samples.set(key, sample);
  }

  subscribe(key: string, watcher: () => void): () => void {
    const set = this.watchers.get(key) ?? new Set();
    this.watchers.set(key, set.add(watcher));
    return () => set.delete(watcher);
  }

  apply({ asset, channels }: Batch): void {
    for (const [name, sample] of Object.entries(channels)) {
      const key = keyOf(asset, name);
      this.samples.set(key, sample);
      this.dirty.add(key);
    }
    if (!this.frame) this.frame = requestAnimationFrame(() => this.flush());
  }

  flush(): void {
    this.frame = 0;
    const dirty = this.dirty;
    this.dirty = new Set();
    for (const key of dirty) for (const watcher of this.watchers.get(key) ?? []) watcher();
  }

  /** The browser connects again by itself, with the last event's id. */
  follow(): void {
    if (this.source && this.source.readyState !== EventSource.CLOSED) return;
    this.source = new EventSource('/api/v1/events?types=values');
    this.source.addEventListener('values', (e) => this.apply(JSON.parse((e as MessageEvent<string>).data) as Batch));
  }

  stop(): void {
    this.source?.close();
    this.source = undefined;
  }
}
export const live = new LiveStore();

/** The time, once a second while somebody looks: what shows an age is drawn again only when the age has changed. */
class Clock {
  private now = Date.now();
  private readonly watchers = new Set<() => void>();
  private timer: ReturnType<typeof setInterval> | undefined;

  get = (): number => this.now;

  subscribe = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    this.timer ??= setInterval(() => this.tick(), 1000);
    return () => {
      this.watchers.delete(watcher);
      if (this.watchers.size > 0) return;
      clearInterval(this.timer);
      this.timer = undefined;
    };
  };

  private tick(): void {
    this.now = Date.now();
    for (const watcher of this.watchers) watcher();
  }
}
export const clock = new Clock();
