// A secondary's lag over time, drawn by Chart.js: how many changes it lacked, and for how long it had lacked the first.
import { duration, element, grouped } from "./text.js";

export const spans = [
  { name: "10 min", seconds: 600 },
  { name: "2 h", seconds: 7200 },
  { name: "24 h", seconds: 86400 },
];

/** Whole seconds, minutes, hours between the marks of the axis. */
const steps = [1, 5, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21600];

/** Colours come from the page's style, dark or light. */
function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

function timeOf(seconds) {
  return new Date(seconds * 1000).toISOString().slice(11, 16);
}

export class LagChart {
  constructor(place) {
    this.canvas = element("canvas", { role: "img", "aria-label": "Lag over time" });
    place.append(this.canvas);
    this.span = spans[0];
    this.history = null;
    this.chart = new Chart(this.canvas, settings());
    this.dark = matchMedia("(prefers-color-scheme: dark)");
    this.recolour = () => this.paint();
    this.dark.addEventListener("change", this.recolour);
    this.paint();
  }

  /** `history`: an answer of /v1/history. */
  show(history, span = this.span) {
    this.history = history;
    this.span = span;
    const now = Date.parse(history.now) / 1000;
    const from = now - span.seconds;
    const samples = history.samples.filter(([time]) => time >= from);
    if (samples.length > 0) samples.push([now, ...samples.at(-1).slice(1)]);  // what was seen last still holds
    const [first, second] = this.chart.data.datasets;
    first.data = samples.map(([time, count]) => ({ x: time, y: count }));
    second.data = samples.map(([time, , seconds]) => ({ x: time, y: seconds }));
    this.chart.options.scales.x.min = from;
    this.chart.options.scales.x.max = now;
    const longest = samples.reduce((worst, [, , seconds]) => Math.max(worst, seconds), 0);
    this.chart.options.scales.time.ticks.stepSize = steps.find((step) => longest <= 4 * step) ?? 86400;
    this.chart.update("none");
    const most = samples.reduce((worst, [, count]) => Math.max(worst, count), 0);
    this.canvas.setAttribute("aria-label", `Lag over the last ${span.name}: at most ${grouped(most)} changes`);
  }

  paint() {
    const { options, data } = this.chart;
    const [first, second] = data.datasets;
    first.borderColor = colour("accent");
    second.borderColor = colour("behind");
    for (const scale of Object.values(options.scales)) {
      scale.ticks.color = colour("muted");
      scale.grid.color = colour("line");
    }
    options.plugins.legend.labels.color = colour("ink");
    this.chart.update("none");
  }

  end() {
    this.dark.removeEventListener("change", this.recolour);
    this.chart.destroy();
  }
}

function settings() {
  const line = { borderWidth: 1.5, pointRadius: 0, stepped: true, data: [] };
  const axis = (position, format) => ({
    position,
    beginAtZero: true,
    suggestedMax: 1,
    ticks: { maxTicksLimit: 5, font: { size: 11 }, callback: format },
    grid: { drawOnChartArea: position !== "right" },
  });
  return {
    type: "line",
    data: { datasets: [{ label: "changes behind", yAxisID: "changes", ...line }, { label: "time behind", yAxisID: "time", borderDash: [4, 3], ...line }] },
    options: {
      animation: false,
      parsing: false,
      maintainAspectRatio: false,
      interaction: { mode: "index", intersect: false },
      plugins: {
        legend: { align: "end", labels: { boxWidth: 18, boxHeight: 1, font: { size: 11 } } },
        tooltip: {
          callbacks: {
            title: (items) => `${timeOf(items[0].parsed.x)} UTC`,
            label: ({ dataset, parsed }) => (dataset.yAxisID === "time" ? `for ${duration(parsed.y)}` : `${grouped(parsed.y)} changes behind`),
          },
        },
      },
      scales: {
        x: { type: "linear", ticks: { maxTicksLimit: 7, maxRotation: 0, font: { size: 11 }, callback: timeOf }, grid: {} },
        changes: axis("left", (value) => (Number.isInteger(value) ? grouped(value) : "")),
        time: axis("right", (value) => duration(value)),
      },
    },
  };
}
