/** What a piece of work cost the process that did it, all threads together. */
export interface Cost {
  wallSeconds: number;
  /** User and system time. */
  cpuSeconds: number;
  /** Peak resident memory of the process since its start, MB (10^6 bytes). */
  peakRssMb: number;
}

/** Does some work and tells its cost. The process must do nothing else meanwhile. */
export async function measure<Value>(
  work: () => Promise<Value> | Value,
): Promise<{ value: Value; cost: Cost }> {
  const cpu = process.cpuUsage();
  const started = performance.now();
  const value = await work();
  const wallSeconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const cost = {
    wallSeconds,
    cpuSeconds: (user + system) / 1e6,
    peakRssMb: (process.resourceUsage().maxRSS * 1024) / 1e6,
  };
  return { value, cost };
}

/** The value in the middle; of an even number of values, the lower one of the two. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value that a fraction of all values does not exceed (nearest rank). */
export function quantile(values: readonly number[], fraction: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(fraction * sorted.length) - 1)] ?? Number.NaN;
}
