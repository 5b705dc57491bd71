// The states of a secondary: how bad each is, what it means, and the mark that tells it without colour.
import { shape } from "./text.js";

/** Worst first. */
export const states = [
  { name: "failing", means: "its last try failed" },
  { name: "needs-full", means: "only a full propagation helps" },
  { name: "behind", means: "lacks changes, which are on their way" },
  { name: "held", means: "lacks changes, which wait for an order" },
  { name: "healthy", means: "has every change" },
];

export function badness(state) {
  const index = states.findIndex((each) => each.name === state);
  return index < 0 ? -1 : index;
}

/** Whether an operator should look: it is not healthy, and not by an operator's wish or for the moment alone. */
export function isTrouble(secondary) {
  return !["healthy", "behind", "held"].includes(secondary.state);
}

/** In a square of 16, to be filled by the even-odd rule. One path each: a thousand of them are drawn at once. */
const outlines = {
  healthy: "M8 3a5 5 0 1 0 .01 0z",
  behind: "M8 2.6a5.4 5.4 0 1 0 .01 0z M8 4a4 4 0 0 1 0 8z",
  held: "M4 3h3v10H4z M9 3h3v10H9z",
  "needs-full": "M8 2.2 13.8 8 8 13.8 2.2 8z M8 5.2 5.2 8 8 10.8 10.8 8z",
  failing: "M3 5 5 3l3 3 3-3 2 2-3 3 3 3-2 2-3-3-3 3-2-2 3-3z",
};

/** For a path of class "mark"; a state that this page does not know is a square. */
export function outline(state) {
  return outlines[state] ?? "M3 3h10v10H3z";
}

/** The mark of a state by itself, for a line of text. */
export function mark(state) {
  return shape("svg", { class: `mark ${state}`, width: 14, height: 14, viewBox: "0 0 16 16", "aria-hidden": "true" },
    shape("path", { d: outline(state) }));
}
