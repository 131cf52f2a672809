/** An attribute definition as Kura's configuration/v2 gives it. */
export interface Ad {
  id: string;
  name: string;
  type: string;
  cardinality: number;
  required: boolean;
  description?: string;
  default?: string;
  min?: string;
  max?: string;
  options?: { label: string; value: string }[];
}

/** An object class definition. */
export interface Ocd {
  id: string;
  name: string;
  description?: string;
  ad: Ad[];
}
