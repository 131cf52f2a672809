/** An attribute definition as Kura's configuration/v2 gives it. */
export interface Ad {
  id: string;
  name: string;
  type: string;
  cardinality: number;
  isRequired: boolean;
  description?: string;
  defaultValue?: string;
  min?: string;
  max?: string;
  option?: { label: string; value: string }[];
}

/** An object class definition. */
export interface Ocd {
  id: string;
  name: string;
  description?: string;
  ad: Ad[];
}

export interface Property {
  type: string;
  value: unknown;
}

/** A component with its definition and what is set. */
export interface Component {
  pid: string;
  factoryPid?: string;
  definition?: Ocd;
  properties?: Record<string, Property>;
}
