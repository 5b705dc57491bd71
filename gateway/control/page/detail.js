// One secondary in full: what it has, how it came to that, and what to do about it.
import { LagChart, spans } from "./lag_chart.js";
import { mark } from "./states.js";
import { ago, bytes, changes, clock, duration, element, grouped, prose, secondsBetween, setText } from "./text.js";

export class Detail {
  /** `closed` is called when the reader is done with it. */
  constructor(place, closed) {
    this.place = place;
    this.closed = closed;
    this.host = null;
  }

  open(host) {
    if (host === this.host) return;
    this.close();
    this.host = host;
    this.title = element("h2", { id: "detail-title", tabindex: -1 });
    const close = element("button", { type: "button", class: "close", "aria-label": `Close ${host}` }, "Close");
    close.addEventListener("click", () => this.closed());
    this.error = element("p");
    this.advice = element("p", { class: "muted" });
    this.problem = element("div", { class: "problem" }, this.error, this.advice);
    this.remedy = "";
    this.facts = element("dl");
    this.rows = new Map();
    this.graph = element("div", { class: "graph" });
    this.table = element("div", { class: "sheet" });
    this.place.replaceChildren(element("div", { class: "title" }, this.title, close), this.problem, this.facts,
      element("h3", {}, "Lag", this.spanButtons()), this.graph, element("h3", {}, "Last propagations"), this.table);
    this.place.hidden = false;
    this.chart = new LagChart(this.graph);
  }

  close() {
    this.chart?.end();
    this.chart = null;
    this.host = null;
    this.shown = "";
    this.place.hidden = true;
    this.place.replaceChildren();
  }

  show(secondary, status) {
    if (!secondary) {
      setText(this.error, "It is no longer in kpropd.acl.");
      this.problem.hidden = false;
      return;
    }
    const title = `${secondary.host} ${secondary.state}`;
    if (title !== this.shown) this.title.replaceChildren(mark(secondary.state), `${secondary.host} `, element("span", { class: secondary.state }, secondary.state));
    this.shown = title;
    const hint = secondary.last_cause ? ` (kpropgw explain ${secondary.last_cause})` : "";
    setText(this.error, (secondary.last_error ?? "") + hint);
    this.problem.hidden = !secondary.last_error;
    this.showRemedy();
    for (const [name, value] of factsOf(secondary, status)) this.fact(name, value);
  }

  showRemedy() {
    if (this.advice.dataset.shown === this.remedy) return;
    this.advice.dataset.shown = this.remedy;
    this.advice.replaceChildren(...prose(this.remedy));
  }

  fact(name, value) {
    let row = this.rows.get(name);
    if (!row) {
      row = element("dd");
      this.rows.set(name, row);
      this.facts.append(element("div", {}, element("dt", {}, name), row));
    }
    row.parentNode.hidden = value === undefined;
    setText(row, value ?? "");
  }

  showHistory(history) {
    if (history.host !== this.host) return;
    this.chart.show(history);
    this.remedy = history.propagations[0]?.remedy ?? "";
    this.showRemedy();
    const rows = history.propagations.flatMap((each, index) => rowsOf(each, history.propagations[index - 1]));
    if (rows.length === 0) this.table.replaceChildren(element("p", { class: "muted" }, "None since the gateway started."));
    else this.table.replaceChildren(element("table", {}, heading(), element("tbody", {}, ...rows)));
  }

  spanButtons() {
    const buttons = spans.map((span, index) => {
      const button = element("button", { type: "button", "aria-pressed": String(index === 0) }, span.name);
      button.addEventListener("click", () => {
        for (const each of buttons) each.setAttribute("aria-pressed", String(each === button));
        if (this.chart.history) this.chart.show(this.chart.history, span);
        else this.chart.span = span;
      });
      return button;
    });
    return element("span", { class: "spans", role: "group", "aria-label": "How far back" }, ...buttons);
  }
}

function factsOf(secondary, status) {
  const since = secondsBetween(secondary.behind_since, status.now);
  const missing = secondary.behind === 0 ? "nothing" : changes(secondary.behind) + (since === undefined ? "" : `, for ${duration(since)}`);
  return [
    ["Role", secondary.role],
    ["Has", `${grouped(secondary.level)} of ${grouped(status.serial)}`],
    ["Lacks", missing],
    ["Was sent", reach(secondary.sent, status.now)],
    ["Its KDC serves", reach(secondary.proven, status.now)],
    ["Frozen", secondary.frozen ?? undefined],
    ["Dump version", secondary.dump_version ?? "not learned yet"],
    ["Last success", when(secondary.last_success, status.now)],
    ["Last failure", when(secondary.last_failure, status.now)],
    ["On its way", secondary.total_bytes ? `${bytes(secondary.sent_bytes)} of ${bytes(secondary.total_bytes)}` : undefined],
    ["Next try", secondary.sending ? "sending now" : secondary.next_try ? ago(secondary.next_try, status.now) : undefined],
    ["kpropd at", `port ${secondary.port}`],
  ];
}

function reach(reached, now) {
  if (!reached) return undefined;
  const since = secondsBetween(reached.behind_since, now);
  return reached.behind === 0 ? "everything" : `${grouped(reached.serial)}: lacks ${changes(reached.behind)}${since === undefined ? "" : `, for ${duration(since)}`}`;
}

function when(time, now) {
  return time ? `${ago(time, now)}, ${clock(time)}` : "never";
}

function heading() {
  return element("thead", {}, element("tr", {}, ...["When", "What", "Outcome", "Size", "Took"].map((name, index) =>
    element("th", { scope: "col", class: index > 2 ? "number" : undefined }, name))));
}

/** With a row for its error, where the newer one above has not said the same. */
function rowsOf(propagation, newer) {
  const row = rowOf(propagation);
  if (!propagation.error || propagation.error === newer?.error) return [row];
  row.classList.add("explained");
  return [row, element("tr", {}, element("td", { colspan: 5, class: "why" }, propagation.error))];
}

function rowOf(propagation) {
  const outcome = propagation.outcome === "sent" ? "sent" : element("span", { class: "failing" }, propagation.outcome);
  return element("tr", {},
    element("td", { title: propagation.time }, clock(propagation.time)), element("td", {}, propagation.kind), element("td", {}, outcome),
    element("td", { class: "number" }, propagation.bytes === null ? "" : bytes(propagation.bytes)),
    element("td", { class: "number" }, propagation.ms === null ? "" : propagation.ms < 1000 ? `${propagation.ms} ms` : duration(propagation.ms / 1000)));
}
