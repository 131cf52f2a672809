export interface Branch {
  pid: string;
  factoryPid: string;
  assets: string[];
}

/** Each driver with its assets; assets whose driver is not there come under its name all the same. */
export function tree(
  drivers: readonly { pid: string; factoryPid: string }[],
  assets: readonly { pid: string; driver: string }[],
): Branch[] {
  const branches = new Map<string, Branch>(drivers.map((d) => [d.pid, { ...d, assets: [] }]));
  for (const { pid, driver } of assets) {
    const branch = branches.get(driver) ?? { pid: driver, factoryPid: '', assets: [] };
    branch.assets.push(pid);
    branches.set(driver, branch);
  }
  const all = [...branches.values()].sort((a, b) => a.pid.localeCompare(b.pid));
  for (const branch of all) branch.assets.sort((a, b) => a.localeCompare(b));
  return all;
}

/** The health of a part: its room's name first, its own name last. */
export function stateOf<T>(states: Record<string, T>, room: string, pid: string): T | undefined {
  const name = Object.keys(states).find((key) => key.startsWith(`${room}/`) && key.endsWith(`/${pid}`));
  return name === undefined ? undefined : states[name];
}
