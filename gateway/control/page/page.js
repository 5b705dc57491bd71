// The page: asks the gateway every few seconds, and sooner when something happened, and hands the answer to its parts.
import { Detail } from "./detail.js";
import { Feed } from "./feed.js";
import { Picture } from "./picture.js";
import { badness, isTrouble, mark, states } from "./states.js";
import { clock, element, grouped, setText } from "./text.js";

const every = 5000;
const everyUnseen = 30000;
const soonest = 1000;
const mostListed = 12;

const byId = (id) => document.getElementById(id);
const picture = new Picture(byId("picture"), select);
const detail = new Detail(byId("detail"), deselect);
let status = null;
let asking = false;
let again = false;
let timer = 0;

async function fetchJson(target) {
  const answer = await fetch(target, { cache: "no-store", signal: AbortSignal.timeout(10000) });
  if (!answer.ok) throw new Error(`HTTP status ${answer.status}`);
  return answer.json();
}

async function ask() {
  clearTimeout(timer);
  again = asking;
  if (asking) return;
  asking = true;
  const begun = Date.now();
  try {
    status = await fetchJson("v1/status");
    show();
    tellLink("live", `as of ${clock(status.now)} UTC`);
  } catch (problem) {
    console.debug(problem);
    tellGone();
  }
  if (detail.host) await showHistory(detail.host);
  asking = false;
  const pause = document.hidden ? everyUnseen : every;
  later(again ? 0 : Math.max(soonest, pause - (Date.now() - begun)));
}

/** A history that cannot be had is no gateway that is gone. */
async function showHistory(host) {
  try {
    detail.showHistory(await fetchJson(`v1/history?host=${encodeURIComponent(host)}`));
  } catch (problem) {
    console.debug(problem);
  }
}

function later(wait) {
  clearTimeout(timer);
  timer = setTimeout(ask, wait);
}

function tellLink(state, text) {
  const link = byId("link");
  link.dataset.link = state;
  setText(link, text);
  document.body.classList.toggle("gone", state === "gone");
  if (state === "live") byId("alerts").querySelector(".gone")?.remove();
}

function tellGone() {
  tellLink("gone", "no answer");
  const since = status ? `What is shown is of ${clock(status.now)} UTC.` : "Nothing is known yet.";
  const text = `The gateway does not answer. ${since} Trying again every ${every / 1000} seconds.`;
  const shown = byId("alerts").querySelector(".gone");
  if (shown) setText(shown, text);
  else byId("alerts").prepend(element("p", { class: "alert failing gone" }, text));
}

function show() {
  document.title = titleOf(status);
  setText(byId("realm"), status.realm);
  setText(byId("summary"), `${status.gateway}, kpropgw ${status.version}, serial ${grouped(status.serial)}, ` +
    `${grouped(status.principals)} principals, ${grouped(status.policies)} policies`);
  showAlerts();
  picture.show(status);
  showLegend();
  showAttention();
  if (detail.host) detail.show(status.secondaries.find((each) => each.host === detail.host), status);
}

function titleOf({ realm, secondaries }) {
  const failing = secondaries.filter((each) => each.state === "failing").length;
  return failing > 0 ? `${failing} failing: ${realm}` : realm;
}

/** What concerns the whole realm, the gravest first. */
function alertsOf({ held_dump: held, acl_problem: acl, source, last_refusal: refusal }) {
  const list = [];
  if (held) list.push(["failing held-dump", "A dump was not let in", held]);
  if (source?.last_error) list.push(["failing", "The source", source.last_error]);
  if (acl) list.push(["failing", "kpropd.acl has errors; the one before is in force", acl]);
  if (refusal && refusal !== held) list.push(["quiet", "Last refused", refusal]);
  return list;
}

function showAlerts() {
  const place = byId("alerts");
  const wanted = JSON.stringify(alertsOf(status));
  if (place.dataset.shown === wanted) return;
  place.dataset.shown = wanted;
  const gone = place.querySelector(".gone");
  place.replaceChildren(...(gone ? [gone] : []), ...alertsOf(status).map(([style, title, text]) =>
    element("p", { class: `alert ${style}` }, element("strong", {}, title), " ", element("span", {}, text))));
}

function showLegend() {
  const legend = byId("legend");
  if (legend.children.length === 0) {
    for (const { name, means } of states) {
      legend.append(element("li", { title: means, class: name, "data-state": name }, mark(name), element("span", {}, name), element("b", {})));
    }
  }
  for (const item of legend.children) {
    const count = status.secondaries.filter((each) => each.state === item.dataset.state).length;
    setText(item.lastElementChild, grouped(count));
    item.classList.toggle("none", count === 0);
  }
}

function showAttention() {
  const troubled = status.secondaries.filter(isTrouble).sort((a, b) => badness(a.state) - badness(b.state) || b.behind - a.behind);
  const list = byId("attention").querySelector("ul");
  const wanted = JSON.stringify(troubled.map((each) => [each.host, each.state, each.behind, each.last_error]));
  byId("attention").hidden = detail.host !== null;
  if (list.dataset.shown === wanted) return;
  list.dataset.shown = wanted;
  const focused = document.activeElement?.dataset?.of;
  list.replaceChildren(...troubled.slice(0, mostListed).map(attentionLine));
  if (troubled.length > mostListed) list.append(element("li", { class: "muted" }, `and ${grouped(troubled.length - mostListed)} more`));
  if (troubled.length === 0) list.append(element("li", { class: "muted" }, allIsWell()));
  if (focused) list.querySelector(`[data-of="${CSS.escape(focused)}"]`)?.focus();
}

function allIsWell() {
  if (status.secondaries.length === 0) return "kpropd.acl names no secondary.";
  if (status.serial === 0) return "Nothing was taken in yet: let the primary push.";
  return "Nothing. Every secondary has what it is to have, or it is on its way.";
}

function attentionLine(secondary) {
  const button = element("button", { type: "button", "data-of": secondary.host }, mark(secondary.state),
    element("span", {}, element("strong", {}, secondary.host), " ", element("span", { class: secondary.state }, secondary.state), " ",
      element("span", { class: "muted" }, secondary.behind ? `${grouped(secondary.behind)} behind` : "")));
  button.addEventListener("click", () => select(secondary.host, true));
  return element("li", {}, button, secondary.last_error ? element("p", {}, secondary.last_error) : null);
}

function select(host, byKey) {
  picture.select(host);
  detail.open(host);
  byId("attention").hidden = true;
  detail.show(status.secondaries.find((each) => each.host === host), status);
  if (byKey) detail.title.focus();
  if (matchMedia("(max-width: 1000px)").matches) byId("detail").scrollIntoView({ block: "start" });
  ask();
}

function deselect() {
  const host = detail.host;
  if (!host) return;
  detail.close();
  picture.select(null);
  byId("attention").hidden = false;
  picture.focus(host);
}

function find() {
  const text = byId("find").value;
  const found = picture.find(text);
  setText(byId("found"), text ? (found.length === 0 ? "none" : `${grouped(found.length)} found`) : "");
  return found;
}

byId("find").addEventListener("input", find);
byId("find").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && find().length > 0) select(find()[0], true);
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (event.target === byId("find") && byId("find").value) {
    byId("find").value = "";
    find();
  } else {
    deselect();
  }
});
document.addEventListener("visibilitychange", () => document.hidden || ask());
new Feed(byId("feed").querySelector("ol"), () => later(300));
ask();
