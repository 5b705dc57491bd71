// The gateway's events as they happen, by server-sent events.
import { clock, element, prose } from "./text.js";

const mostKept = 200;

export class Feed {
  /** `happened` is called after events came in, not for each. */
  constructor(list, happened) {
    this.list = list;
    this.happened = happened;
    this.waiting = [];
    this.last = 0;
    this.start();
  }

  /** The browser connects anew by itself, and tells the last id that it had. */
  start() {
    this.source = new EventSource("v1/events");
    this.source.addEventListener("event", (message) => this.take(JSON.parse(message.data)));
    this.source.addEventListener("lost", (message) => this.takeLost(JSON.parse(message.data)));
    // A refusal ends it for good: too many look, or the gateway is not what it was.
    this.source.addEventListener("error", () => {
      if (this.source.readyState === EventSource.CLOSED) setTimeout(() => this.start(), 5000);
    });
  }

  take(event) {
    // A gateway that was started again counts from one.
    if (event.number <= this.last) this.last = 0;
    this.last = event.number;
    this.queue(lineOf(event));
  }

  takeLost(lost) {
    this.queue(element("li", { class: "muted" }, `${lost.count} events were too many to show`));
  }

  queue(line) {
    this.waiting.push(line);
    if (this.waiting.length > mostKept) this.waiting.shift();
    if (this.waiting.length > 1) return;
    setTimeout(() => this.flush(), 50);
  }

  flush() {
    this.list.prepend(...this.waiting.reverse());
    this.waiting = [];
    while (this.list.children.length > mostKept) this.list.lastElementChild.remove();
    this.happened();
  }
}

function lineOf(event) {
  const fields = Object.entries(event.fields).filter(([name]) => name !== "error").map(([name, value]) => `${name}=${value}`).join(" ");
  const line = element("li", { class: event.level, "data-event": event.id },
    element("time", { datetime: event.time, title: event.time }, clock(event.time)),
    element("span", { class: "level" }, event.level),
    element("span", { class: "said" }, element("span", { class: "what" }, event.text), " ", element("span", { class: "muted" }, fields)));
  if (event.fields.error) line.lastElementChild.append(element("span", { class: "error" }, event.fields.error));
  if (event.remedy) line.lastElementChild.append(element("details", {}, element("summary", {}, "What to do"), element("p", {}, ...prose(event.remedy))));
  return line;
}
