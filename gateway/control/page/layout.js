// Where everything of the picture stands. Numbers alone, in pixels: nothing here touches the document.

export const chip = { height: 28, width: 190, gap: 6 };
export const cell = 16;
const box = { height: 84, width: 184 };
const padding = 10;
const heading = 44;
const between = 14;
const narrow = 620;

/** More members than these are shown as cells, with chips for those in trouble alone. */
export const mostChips = 32;
export const mostTroubled = 8;

/**
 * The picture of `groups` [{role, members: [host...], troubled: [host...]}] in that width: boxes of source and gateway,
 * groups with places for their chips and cells, and the lines between them.
 */
export function plan(groups, width) {
  return width < narrow ? beneath(groups, width) : beside(groups, width);
}

function beside(groups, width) {
  const left = box.width + 60;
  const placed = stacked(groups, left, 0, width - left);
  const source = { x: 0, y: 0, ...box };
  const gateway = { ...source, y: box.height + 40 };
  const middle = gateway.y + box.height / 2;
  const trunk = box.width + 28;
  const lines = [`M${box.width / 2} ${box.height}V${gateway.y - 1}`];
  for (const group of placed) lines.push(`M${box.width} ${middle}H${trunk}V${group.y + 22}H${left - 1}`);
  return { width, height: Math.max(gateway.y + box.height, bottomOf(placed)), source, gateway, groups: placed, lines };
}

function beneath(groups, width) {
  const source = { x: 0, y: 0, width, height: box.height };
  const gateway = { ...source, y: box.height + 24 };
  const placed = stacked(groups, 0, gateway.y + box.height + 24, width);
  const lines = [`M24 ${box.height}V${gateway.y - 1}`];
  if (placed.length > 0) lines.push(`M24 ${gateway.y + box.height}V${placed[0].y - 1}`);
  return { width, height: Math.max(gateway.y + box.height, bottomOf(placed)), source, gateway, groups: placed, lines };
}

function bottomOf(placed) {
  return placed.reduce((lowest, group) => Math.max(lowest, group.y + group.height), 0);
}

function stacked(groups, x, y, width) {
  return groups.map((group) => {
    const placed = placedGroup(group, x, y, width);
    y += placed.height + between;
    return placed;
  });
}

function placedGroup({ role, members, troubled }, x, y, width) {
  const inner = width - 2 * padding;
  const asChips = members.length <= mostChips;
  const named = asChips ? members : troubled.slice(0, mostTroubled);
  const chips = inRows(named, x + padding, y + heading, inner, chip.width, chip.height, chip.gap, true);
  let bottom = y + heading + chips.rows * (chip.height + chip.gap);
  let cells = { places: [], rows: 0 };
  if (!asChips) {
    cells = inRows(members, x + padding, bottom, inner, cell, cell, 0, false);
    bottom += cells.rows * cell + chip.gap;
  }
  return { role, members, x, y, width, height: bottom + padding - chip.gap - y, chips: chips.places, cells: cells.places };
}

/** As many columns as fit; where `stretch`, they share what is left of the row. */
function inRows(hosts, x, y, room, width, height, gap, stretch) {
  const columns = Math.max(1, Math.floor((room + gap) / (width + gap)));
  const each = stretch ? (room + gap) / columns - gap : width;
  const places = hosts.map((host, index) => ({
    host,
    x: x + (index % columns) * (each + gap),
    y: y + Math.floor(index / columns) * (height + gap),
    width: each,
  }));
  return { places, rows: Math.ceil(hosts.length / columns), columns };
}
