/** A device as somebody fills it in; its keys go out and never come back. */
export interface NewDevice {
  devEui: string;
  name: string;
  classC: boolean;
  abp: boolean;
  joinEui: string;
  appKey: string;
  devAddr: string;
  nwkSKey: string;
  appSKey: string;
}

const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A table with this device alone, as the gateway's import takes it. */
export function rowOf(device: NewDevice): string {
  const cells: [string, string][] = [
    ['dev_eui', device.devEui],
    ['name', device.name],
    ['class_c', String(device.classC)],
    ...(device.abp
      ? ([
          ['dev_addr', device.devAddr],
          ['nwk_s_key', device.nwkSKey],
          ['app_s_key', device.appSKey],
        ] as [string, string][])
      : ([
          ['join_eui', device.joinEui],
          ['app_key', device.appKey],
        ] as [string, string][])),
  ];
  return `${cells.map(([name]) => name).join(',')}\n${cells.map(([, value]) => cell(value)).join(',')}\n`;
}
