"""Numbers, and how they are shown."""
import statistics

NO_ADDRESS = "an update without address"


def stats(values):
    """Median, least, greatest and how many; missing ones are counted apart. None when there is nothing."""
    there = [value for value in values if value is not None]
    if not there:
        return {"n": 0, "missed": len(values)}
    return {"median": statistics.median(there), "min": min(there), "max": max(there), "n": len(there),
            "missed": len(values) - len(there)}


def number(value):
    """Three significant digits, without an exponent."""
    if value is None:
        return "-"
    if value == 0:
        return "0"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def cell(figure, unit="ms"):
    """"4.8 (0.4 to 24.8, n=20)"; `figure` is what stats() gives, in milliseconds for the unit "s"."""
    if not figure or not figure["n"]:
        return "never" if figure and figure.get("missed") else "-"
    scale = 1000 if unit == "s" else 1
    text = (f"{number(figure['median'] / scale)} {unit} ({number(figure['min'] / scale)} to "
            f"{number(figure['max'] / scale)}, n={figure['n']})")
    return text + (f", {figure['missed']} missed" if figure["missed"] else "")


def duration(figure):
    """Like cell(), in milliseconds or seconds, whichever reads better."""
    return cell(figure, "s" if figure and figure["n"] and figure["median"] >= 1000 else "ms")


def ratio(theirs, ours):
    """How many times longer theirs takes."""
    if not theirs or not ours or not theirs["n"] or not ours["n"] or not ours["median"]:
        return "-"
    return f"{number(theirs['median'] / ours['median'])}x"


def table(title, columns, rows):
    """A table in Markdown, aligned so that it can be read as it is."""
    rows = [[str(each) for each in row] for row in rows]
    widths = [max(len(row[at]) for row in [columns, *rows]) for at in range(len(columns))]
    line = lambda row: "| " + " | ".join(text.ljust(width) for text, width in zip(row, widths)) + " |"
    return "\n".join([f"### {title}", "", line(columns), "|" + "|".join("-" * (width + 2) for width in widths) + "|",
                      *map(line, rows), ""])
