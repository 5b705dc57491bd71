// Words, numbers and small pieces of the document that every part of the page writes the same way.

const svgNamespace = "http://www.w3.org/2000/svg";

/** An element with attributes and children; text becomes text, never markup. */
export function element(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** The same of an SVG element. */
export function shape(name, attributes = {}, ...children) {
  return filled(document.createElementNS(svgNamespace, name), attributes, children);
}

function filled(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null) node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** Touches the document only where something changed. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

export function setAttribute(node, name, value) {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

/** Seconds in the largest unit alone, as `kpropgw status` has it: "12s", "3m", "5h", "4d". */
export function duration(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) return `${whole}s`;
  if (whole < 3600) return `${Math.floor(whole / 60)}m`;
  if (whole < 86400) return `${Math.floor(whole / 3600)}h`;
  return `${Math.floor(whole / 86400)}d`;
}

/** Seconds between two times of the API; undefined when either is absent. */
export function secondsBetween(earlier, later) {
  if (!earlier || !later) return undefined;
  return (Date.parse(later) - Date.parse(earlier)) / 1000;
}

/** "12s ago", "in 3m", "never". */
export function ago(time, now) {
  const seconds = secondsBetween(time, now);
  if (seconds === undefined) return "never";
  return seconds < 0 ? `in ${duration(-seconds)}` : `${duration(seconds)} ago`;
}

/** "08:52:02" of a time of the API, in UTC as the log has it. */
export function clock(time) {
  return time.slice(11, 19);
}

export function changes(count) {
  return count === 1 ? "1 change" : `${grouped(count)} changes`;
}

export function grouped(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

export function bytes(count) {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let unit = 0;
  while (count >= 1024 && unit < units.length - 1) {
    count /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? count : count.toFixed(1)} ${units[unit]}`;
}

/** Text of the catalogue, where backticks stand round what is to be typed. */
export function prose(text) {
  return text.split("`").map((part, index) => (index % 2 === 0 ? part : element("code", {}, part)));
}

const ruler = document.createElement("canvas").getContext("2d");
const family = getComputedStyle(document.body).fontFamily;

/** At most `room` pixels of the text, cut with an ellipsis, since text in SVG does not cut itself. */
export function cut(text, room, style = "13px") {
  ruler.font = `${style} ${family}`;
  if (ruler.measureText(text).width <= room) return text;
  let kept = Math.floor(text.length * room / ruler.measureText(text).width) + 1;
  while (kept > 1 && ruler.measureText(`${text.slice(0, kept)}…`).width > room) kept -= 1;
  return `${text.slice(0, kept)}…`;
}

export function widthOf(text, style = "13px") {
  ruler.font = `${style} ${family}`;
  return ruler.measureText(text).width;
}
