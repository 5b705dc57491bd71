// The realm as a picture: source, gateway, and the secondaries by role, each marked by its state. Only what changed is
// touched, so that a thousand of them cost no more than those that moved.
import { cell, chip, mostTroubled, plan } from "./layout.js";
import { badness, isTrouble, outline } from "./states.js";
import { ago, cut, duration, grouped, secondsBetween, setAttribute, setText, shape, widthOf } from "./text.js";

const small = "12px";
const cellsEachFrame = 200;
const roles = [
  { name: "Update", about: "each change as it is made" },
  { name: "Replace", about: "full dump, policies and history" },
  { name: "Compat", about: "full dump without policies" },
  { name: "Manual", about: "only when ordered" },
];

export class Picture {
  /** `chosen` is called with a host and whether a key chose it. */
  constructor(place, chosen) {
    this.place = place;
    this.chosen = chosen;
    this.nodes = new Map();
    this.drawn = "";
    this.selected = null;
    this.wanted = "";
    place.addEventListener("click", (event) => this.choose(event.target, false));
    place.addEventListener("keydown", (event) => this.obey(event));
    new ResizeObserver(() => this.status && this.show(this.status)).observe(place);
  }

  show(status) {
    this.status = status;
    this.secondaries = new Map(status.secondaries.map((each) => [each.host, each]));
    this.domain = commonDomain(status.secondaries.map((each) => each.host));
    const groups = groupsOf(status.secondaries);
    const width = Math.floor(this.place.clientWidth);
    const drawn = JSON.stringify([width, groups]);
    if (drawn !== this.drawn) this.draw(groups, width);
    this.drawn = drawn;
    this.tellSourceAndGateway(status);
    for (const secondary of status.secondaries) this.tell(secondary, status);
  }

  /** The first host that the text finds; what it does not find is dimmed. "" finds all. */
  find(text) {
    this.wanted = text.trim().toLowerCase();
    let found = [];
    for (const secondary of this.status?.secondaries ?? []) {
      const match = matches(secondary, this.wanted);
      if (match) found.push(secondary.host);
      for (const node of this.nodes.get(secondary.host) ?? []) node.group.classList.toggle("dimmed", !match);
    }
    return this.wanted ? found : [];
  }

  select(host) {
    for (const [each, isSelected] of [[this.selected, false], [host, true]]) {
      for (const node of this.nodes.get(each) ?? []) {
        node.group.classList.toggle("selected", isSelected);
        setAttribute(node.group, "aria-selected", String(isSelected));
      }
    }
    this.selected = host;
  }

  focus(host) {
    const node = this.nodes.get(host)?.[0];
    if (node) this.moveTo(node.group);
  }

  draw(groups, width) {
    const focused = document.activeElement?.closest?.("[data-host]")?.dataset.host;
    const layout = plan(groups, width);
    this.nodes.clear();
    this.pending = [];
    const lines = layout.lines.map((path) => shape("path", { d: path, class: "line", "marker-end": "url(#arrow)" }));
    this.source = drawnBox(layout.source, "source");
    this.gateway = drawnBox(layout.gateway, "gateway");
    this.headings = new Map();
    const svg = shape("svg", { width: layout.width, height: layout.height, role: "group", "aria-label": "The realm as a picture" },
      arrowHead(), ...lines, this.source.group, this.gateway.group, ...layout.groups.map((group) => this.drawnGroup(group)));
    this.place.replaceChildren(svg);
    if (focused) this.focus(focused);
    this.drawMore(this.pending);
  }

  /** Cells are many: a few each frame, so that no frame is long. */
  drawMore(pending) {
    if (pending !== this.pending) return;  // drawn anew meanwhile
    for (let drawn = 0; drawn < cellsEachFrame && pending.length > 0; ) {
      const { list, places } = pending[0];
      const some = places.splice(0, cellsEachFrame - drawn);
      list.append(...some.map((place) => this.drawnCell(place)));
      if (!list.querySelector('[tabindex="0"]')) list.querySelector("[data-host]").setAttribute("tabindex", 0);
      for (const { host } of some) this.tell(this.secondaries.get(host), this.status);
      drawn += some.length;
      if (places.length === 0) pending.shift();
    }
    if (pending.length > 0) requestAnimationFrame(() => this.drawMore(pending));
  }

  drawnGroup(group) {
    const { role, members, x, y, width, height } = group;
    const title = `${role}, ${members.length === 1 ? "one secondary" : `${members.length} secondaries`}`;
    const counts = shape("text", { x: x + 10, y: y + 36, class: "muted" });
    this.headings.set(role, { counts, room: width - 20 });
    const about = width > 330 ? shape("text", { x: x + width - 10, y: y + 19, class: "muted end" }, roleOf(role).about) : null;
    const list = shape("g", { role: "listbox", "aria-label": title, "data-role": role },
      ...group.chips.map((place) => this.drawnChip(place)));
    list.querySelector("[data-host]")?.setAttribute("tabindex", 0);
    if (group.cells.length > 0) this.pending.push({ list, places: group.cells });
    return shape("g", {},
      shape("rect", { x, y, width, height, rx: 4, class: "box" }),
      shape("text", { x: x + 10, y: y + 19, class: "strong" }, `${role} `, shape("tspan", { class: "muted" }, grouped(members.length))),
      about, counts, list);
  }

  drawnChip({ host, x, y, width }) {
    const parts = {
      mark: shape("path", { class: "mark", transform: `translate(${x + 8} ${y + 7}) scale(.875)` }),
      name: shape("text", { x: x + 28, y: y + 18.5 }),
      lag: shape("text", { x: x + width - 8, y: y + 18.5, class: "muted end" }),
    };
    return this.remember(host, { ...parts, width }, "chip",
      shape("rect", { x: x + 0.5, y: y + 0.5, width: width - 1, height: chip.height - 1, rx: 3, class: "face" }), parts.mark, parts.name, parts.lag);
  }

  drawnCell({ host, x, y }) {
    const mark = shape("path", { class: "mark", transform: `translate(${x + 2} ${y + 2}) scale(.75)` });
    return this.remember(host, { mark }, "cell", shape("rect", { x, y, width: cell, height: cell, rx: 2, class: "face" }), mark);
  }

  remember(host, parts, kind, ...children) {
    const title = shape("title");
    const group = shape("g", { "data-host": host, role: "option", tabindex: -1 }, title, ...children);
    const node = { ...parts, group, title, kind, said: "" };
    const known = this.nodes.get(host);
    if (known) known.push(node);
    else this.nodes.set(host, [node]);
    return group;
  }

  tell(secondary, status) {
    const lag = lagOf(secondary, status.now);
    const said = `${secondary.state} ${lag} ${secondary.sending}`;
    for (const node of this.nodes.get(secondary.host) ?? []) {
      if (node.said === said) continue;
      node.said = said;
      const words = `${secondary.host}: ${secondary.state}${lag ? `, ${lag}` : ""}`;
      setAttribute(node.mark, "d", outline(secondary.state));
      node.group.setAttribute("class", `${node.kind} ${secondary.state}${secondary.host === this.selected ? " selected" : ""}` +
        `${matches(secondary, this.wanted) ? "" : " dimmed"}`);
      setAttribute(node.group, "aria-selected", String(secondary.host === this.selected));
      setAttribute(node.group, "aria-label", `${words}, ${secondary.role}`);
      setText(node.title, words);
      if (!node.name) continue;
      setText(node.lag, lag);
      setText(node.name, cut(this.short(secondary.host), node.width - 46 - widthOf(lag, small)));
    }
  }

  tellSourceAndGateway(status) {
    const source = status.source ?? { kind: "kprop" };
    const came = source.last_asked ?? status.last_push;
    const problem = source.last_error;
    this.source.tell([
      source.kind === "kprop" ? "Primary pushes" : source.kind === "iprop" ? "Followed by iprop" : "Update log followed",
      this.short(status.primary || source.name) || "no Primary in kpropd.acl",
      problem ? "does not answer" : source.last_asked ? `asked ${ago(came, status.now)}` : came ? `last push ${ago(came, status.now)}` : "nothing pushed yet",
    ], problem ? "failing" : "");
    this.gateway.tell(["Gateway", this.short(status.gateway), `serial ${grouped(status.serial)}, ${grouped(status.principals)} principals`], "");
    for (const [role, { counts, room }] of this.headings) {
      setText(counts, cut(countsOf(status.secondaries.filter((each) => each.role === role)), room, small));
    }
  }

  /** A host without the domain that all secondaries share. */
  short(host) {
    return this.domain && host.endsWith(this.domain) ? host.slice(0, -this.domain.length) : host;
  }

  choose(target, byKey) {
    const host = target.closest("[data-host]")?.dataset.host;
    if (!host) return;
    this.moveTo(target.closest("[data-host]"));
    this.chosen(host, byKey);
  }

  /** Arrows, Home and End move within a role; Tab goes from role to role; Enter and space choose. */
  obey(event) {
    const node = event.target.closest("[data-host]");
    if (!node) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.choose(node, true);
      return;
    }
    const all = [...node.parentNode.querySelectorAll("[data-host]")];
    const to = destination(event.key, all, all.indexOf(node));
    if (!to) return;
    event.preventDefault();
    this.moveTo(to);
  }

  moveTo(node) {
    for (const each of node.parentNode.querySelectorAll('[tabindex="0"]')) each.setAttribute("tabindex", -1);
    node.setAttribute("tabindex", 0);
    node.focus({ preventScroll: false });
  }
}

function destination(key, all, index) {
  const here = all[index].getBBox();
  const below = (sign) => all
    .map((each) => ({ each, box: each.getBBox() }))
    .filter(({ box }) => sign * (box.y - here.y) > 1)
    .sort((a, b) => sign * (a.box.y - b.box.y) || Math.abs(a.box.x - here.x) - Math.abs(b.box.x - here.x))[0]?.each;
  switch (key) {
    case "ArrowRight": return all[index + 1];
    case "ArrowLeft": return all[index - 1];
    case "ArrowDown": return below(1);
    case "ArrowUp": return below(-1);
    case "Home": return all[0];
    case "End": return all[all.length - 1];
    default: return undefined;
  }
}

function roleOf(name) {
  return roles.find((role) => role.name === name) ?? { name, about: "" };
}

/** By name within a role, so that everyone keeps the place; the troubled worst first. */
function groupsOf(secondaries) {
  const names = [...roles.map((role) => role.name), ...new Set(secondaries.map((each) => each.role))];
  return [...new Set(names)].map((role) => {
    const members = secondaries.filter((each) => each.role === role);
    const troubled = members.filter(isTrouble).sort((a, b) => badness(a.state) - badness(b.state)).slice(0, mostTroubled);
    return { role, members: members.map((each) => each.host), troubled: troubled.map((each) => each.host) };
  }).filter((group) => group.members.length > 0);
}

function countsOf(members) {
  const counts = new Map();
  for (const { state } of members) counts.set(state, (counts.get(state) ?? 0) + 1);
  return [...counts].sort((a, b) => badness(a[0]) - badness(b[0])).map(([state, count]) => `${grouped(count)} ${state}`).join(", ");
}

function lagOf(secondary, now) {
  if (secondary.sending) return secondary.total_bytes ? `sending, ${Math.floor(100 * secondary.sent_bytes / secondary.total_bytes)} %` : "sending";
  if (secondary.behind === 0) return "";
  const since = secondsBetween(secondary.behind_since, now);
  return `${grouped(secondary.behind)} behind${since === undefined ? "" : `, ${duration(since)}`}`;
}

function matches(secondary, wanted) {
  return !wanted || [secondary.host, secondary.role.toLowerCase(), secondary.state].some((each) => each.includes(wanted));
}

/** ".example.com" where all end so, else "". */
function commonDomain(hosts) {
  if (hosts.length === 0) return "";
  const dot = hosts[0].indexOf(".");
  const domain = dot < 0 ? "" : hosts[0].slice(dot);
  return domain && hosts.every((host) => host.endsWith(domain)) ? domain : "";
}

function arrowHead() {
  return shape("defs", {}, shape("marker", { id: "arrow", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto" },
    shape("path", { d: "M0 0 8 4 0 8z", class: "arrow" })));
}

function drawnBox({ x, y, width, height }, name) {
  const texts = ["muted", "strong", "muted"].map((style, row) => shape("text", { x: x + 12, y: y + 24 + 22 * row, class: style }));
  const title = shape("title");
  const group = shape("g", { class: `end-point ${name}` }, title, shape("rect", { x: x + 0.5, y: y + 0.5, width: width - 1, height: height - 1, rx: 4, class: "box" }), ...texts);
  return {
    group,
    tell(words, state) {
      words.forEach((word, row) => setText(texts[row], cut(word, width - 22, row === 1 ? "600 13px" : small)));
      setText(title, words.join(", "));
      setAttribute(group, "class", `end-point ${name} ${state}`);
    },
  };
}
