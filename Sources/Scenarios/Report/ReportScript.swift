/// The script of a report: draws the plots, reads them out under the pointer, zooms.
enum ReportScript {
  static let source = #"""
    "use strict";
    const data = JSON.parse(document.getElementById("data").textContent);
    const whole = [0, Math.max(data.seconds, 0.001)];
    const view = { from: whole[0], to: whole[1], hover: null, drag: null };
    const edge = { left: 56, right: 12, top: 8, bottom: 22 };
    const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    const clock = t => {
      const s = Math.abs(t), h = Math.floor(s / 3600), m = Math.floor(s / 60) % 60;
      const rest = (s % 60).toFixed(view.to - view.from < 60 ? 2 : 0).padStart(2, "0");
      return (t < 0 ? "-" : "") + (h ? h + ":" + String(m).padStart(2, "0") : m) + ":" + rest;
    };
    const steps = (low, high, count) => {
      const raw = (high - low) / count, power = 10 ** Math.floor(Math.log10(raw));
      const step = [1, 2, 5, 10].map(f => f * power).find(s => s >= raw) || power * 10;
      const list = [];
      for (let v = Math.ceil(low / step) * step; v <= high + step * 1e-9; v += step) list.push(v);
      return list;
    };
    const timeSteps = (low, high, count) => {
      const raw = (high - low) / count;
      const step = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200,
        14400, 43200, 86400].find(s => s >= raw) || 604800;
      const list = [];
      for (let v = Math.ceil(low / step) * step; v <= high + step * 1e-9; v += step) list.push(v);
      return list;
    };
    const indexAt = (times, t) => {
      let low = 0, high = times.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (times[middle] <= t) low = middle; else high = middle - 1;
      }
      return low;
    };
    const range = plot => {
      let low = Infinity, high = -Infinity;
      for (const trace of plot.traces) {
        const first = indexAt(trace.t, view.from), last = indexAt(trace.t, view.to);
        for (let i = first; i <= last; i++) {
          low = Math.min(low, trace.v[i]); high = Math.max(high, trace.v[i]);
        }
      }
      if (low > high) { low = 0; high = 1; }
      for (const limit of plot.limits)
        if (limit > low - (high - low) * 0.5 && limit < high + (high - low) * 0.5) {
          low = Math.min(low, limit); high = Math.max(high, limit);
        }
      const room = (high - low) * 0.06 || Math.abs(high) * 0.05 || 1;
      return [low - room, high + room];
    };
    const plots = data.plots.map(plot => {
      const box = document.createElement("div");
      box.className = "plot";
      const title = document.createElement("h3");
      title.textContent = plot.title + (plot.unit ? " (" + plot.unit + ")" : "");
      const canvas = document.createElement("canvas");
      const legend = document.createElement("div");
      legend.className = "legend";
      box.append(title, canvas, legend);
      document.getElementById("plots").append(box);
      const values = plot.traces.map((trace, i) => {
        const item = document.createElement("span"), line = document.createElement("i");
        line.style.background = "var(--c" + i % 8 + ")";
        const value = document.createElement("b");
        item.append(line, trace.name + " ", value);
        legend.append(item);
        return value;
      });
      return { plot, canvas, values };
    });
    function draw(item) {
      const { plot, canvas, values } = item;
      const ratio = window.devicePixelRatio || 1, width = canvas.clientWidth;
      const height = canvas.clientHeight, pen = canvas.getContext("2d");
      canvas.width = width * ratio; canvas.height = height * ratio;
      pen.scale(ratio, ratio);
      const [low, high] = range(plot);
      const x = t => edge.left + (t - view.from) / (view.to - view.from)
        * (width - edge.left - edge.right);
      const y = v => edge.top + (high - v) / (high - low) * (height - edge.top - edge.bottom);
      pen.font = "11px system-ui, sans-serif";
      pen.fillStyle = colour("--quiet"); pen.strokeStyle = colour("--line"); pen.lineWidth = 1;
      pen.textAlign = "right"; pen.textBaseline = "middle";
      for (const v of steps(low, high, 5)) {
        pen.beginPath(); pen.moveTo(edge.left, y(v)); pen.lineTo(width - edge.right, y(v));
        pen.stroke(); pen.fillText(String(+v.toPrecision(6)), edge.left - 6, y(v));
      }
      pen.textAlign = "center"; pen.textBaseline = "top";
      for (const t of timeSteps(view.from, view.to, Math.max(3, width / 130)))
        pen.fillText(clock(t), x(t), height - edge.bottom + 6);
      pen.save();
      pen.beginPath();
      pen.rect(edge.left, edge.top, width - edge.left - edge.right,
        height - edge.top - edge.bottom);
      pen.clip();
      const marks = { alarm: "--warn", failure: "--bad", stimulus: "--line" };
      for (const mark of data.marks) {
        if (mark.t < view.from || mark.t > view.to) continue;
        pen.strokeStyle = colour(marks[mark.kind] || "--line");
        pen.setLineDash(mark.kind === "stimulus" ? [2, 3] : [4, 2]);
        pen.beginPath(); pen.moveTo(x(mark.t), edge.top); pen.lineTo(x(mark.t), height); pen.stroke();
      }
      pen.setLineDash([6, 4]); pen.strokeStyle = colour("--bad");
      for (const limit of plot.limits) {
        pen.beginPath(); pen.moveTo(edge.left, y(limit)); pen.lineTo(width, y(limit)); pen.stroke();
      }
      pen.setLineDash([]); pen.lineWidth = 1.5; pen.lineJoin = "round";
      plot.traces.forEach((trace, i) => {
        pen.strokeStyle = colour("--c" + i % 8);
        pen.beginPath();
        const first = Math.max(0, indexAt(trace.t, view.from) - 1);
        const last = Math.min(trace.t.length - 1, indexAt(trace.t, view.to) + 1);
        for (let k = first; k <= last; k++) pen.lineTo(x(trace.t[k]), y(trace.v[k]));
        pen.stroke();
      });
      if (view.drag) {
        pen.fillStyle = colour("--c0"); pen.globalAlpha = 0.15;
        pen.fillRect(x(view.drag[0]), 0, x(view.drag[1]) - x(view.drag[0]), height);
        pen.globalAlpha = 1;
      }
      const at = view.hover;
      if (at !== null) {
        pen.strokeStyle = colour("--quiet"); pen.lineWidth = 1;
        pen.beginPath(); pen.moveTo(x(at), 0); pen.lineTo(x(at), height); pen.stroke();
      }
      pen.restore();
      if (at !== null) {
        pen.fillStyle = colour("--text"); pen.textAlign = x(at) > width / 2 ? "right" : "left";
        pen.textBaseline = "top";
        const near = data.marks.filter(m => Math.abs(x(m.t) - x(at)) < 4).map(m => m.text);
        const text = [clock(at), ...near.slice(0, 2)].join("   ");
        pen.fillText(text, x(at) + (x(at) > width / 2 ? -6 : 6), edge.top);
      }
      plot.traces.forEach((trace, i) => {
        values[i].textContent = at === null || !trace.t.length ? ""
          : String(+trace.v[indexAt(trace.t, at)].toPrecision(5));
      });
    }
    let isPlanned = false;
    function redraw() {
      if (isPlanned) return;
      isPlanned = true;
      requestAnimationFrame(() => { isPlanned = false; plots.forEach(draw); });
    }
    const timeAt = (canvas, event) => {
      const box = canvas.getBoundingClientRect();
      const share = (event.clientX - box.left - edge.left)
        / (box.width - edge.left - edge.right);
      return view.from + Math.min(1, Math.max(0, share)) * (view.to - view.from);
    };
    for (const { canvas } of plots) {
      canvas.addEventListener("pointermove", event => {
        view.hover = timeAt(canvas, event);
        if (view.drag) view.drag[1] = view.hover;
        redraw();
      });
      canvas.addEventListener("pointerleave", () => { view.hover = null; redraw(); });
      canvas.addEventListener("pointerdown", event => {
        const t = timeAt(canvas, event);
        view.drag = [t, t];
        canvas.setPointerCapture(event.pointerId);
      });
      canvas.addEventListener("pointerup", () => {
        const [a, b] = (view.drag || [0, 0]).slice().sort((p, q) => p - q);
        view.drag = null;
        if (b - a > (view.to - view.from) * 0.01) { view.from = a; view.to = b; }
        redraw();
      });
      canvas.addEventListener("dblclick", () => {
        view.from = whole[0]; view.to = whole[1]; redraw();
      });
    }
    addEventListener("resize", redraw);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
    redraw();
    """#
}
