/** The fields of the panel. Each names the knob that it turns; panel.js sends it. */
import type { ComponentChildren, VNode } from 'preact';

export interface NumberKnob {
  readonly name: string;
  readonly label: string;
  readonly max: number;
  readonly min?: number;
  readonly step?: number;
}

export function NumberField({ knob, value }: { readonly knob: NumberKnob; readonly value: number }): VNode {
  return (
    <label class="field">
      <span>{knob.label}</span>
      <input
        type="number"
        name={knob.name}
        min={knob.min ?? 0}
        max={knob.max}
        step={knob.step ?? 1}
        value={value}
        data-kind="number"
      />
    </label>
  );
}

export function Toggle(props: {
  readonly name: string;
  readonly kind: string;
  readonly on: boolean;
  readonly children: ComponentChildren;
}): VNode {
  return (
    <label class="field">
      <span>{props.children}</span>
      <input type="checkbox" role="switch" name={props.name} data-kind={props.kind} checked={props.on} />
    </label>
  );
}

export function Select<T extends string>(props: {
  readonly name: string;
  readonly label: string;
  readonly words: Readonly<Record<T, string>>;
  readonly value: T;
}): VNode {
  return (
    <label class="field wide">
      <span>{props.label}</span>
      <select name={props.name} data-kind="text">
        {Object.entries<string>(props.words).map(([value, words]) => (
          <option value={value} selected={value === props.value}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}
