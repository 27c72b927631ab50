#!/usr/bin/env python3
"""What the console costs: CPU when idle and at 10 and 30 frames/s at 120x36, bytes per frame, key to screen while a module runs
unlimited, and what such a module makes with a screen and without. Figures are printed, with their limit where there is one; nothing
is judged."""
import fcntl, os, pty, re, select, signal, statistics, struct, subprocess, sys, tempfile, termios, time

PROGRAM = os.environ.get("FLUXDECK", "./fluxdeck")


def start(scenario, *more, errors=None):
    pid, master = pty.fork()
    if pid == 0:
        os.environ.update(TERM="xterm-256color", LC_ALL="C.UTF-8")
        if errors:
            os.dup2(errors.fileno(), 2)
        os.execv(PROGRAM, [PROGRAM, "console", scenario, *more])
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))
    read_for(master, 2)
    return pid, master


def read_for(master, seconds):
    got, frames, end = 0, 0, time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        if select.select([master], [], [], left)[0]:
            try:
                data = os.read(master, 65536)
            except OSError:  # the program has ended
                break
            for _ in range(data.count(b"\033[5n")):  # as terminals do
                os.write(master, b"\033[0n")
            got += len(data)
            frames += data.count(b"\033[?2026h")
    return got, frames


def cpu(pid):
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def cost(name, pid, master, seconds=5):
    before = cpu(pid)
    got, frames = read_for(master, seconds)
    print(f"{name:44s} {100 * (cpu(pid) - before) / seconds:6.1f} % of a core  {frames / seconds:5.1f} frames/s  "
          f"{got // max(frames, 1):5d} bytes a frame")


def finish(pid, master):
    os.kill(pid, signal.SIGTERM)
    end = time.monotonic() + 5
    while time.monotonic() < end and os.waitpid(pid, os.WNOHANG)[0] == 0:
        read_for(master, 0.05)
    os.close(master)


def made(errors):
    """Events a second, from the account at the end."""
    errors.seek(0)
    events, seconds = re.search(r"(\d+) events in ([0-9.]+) s", errors.read().decode()).groups()
    return int(events) / float(seconds)


def throughput(scenario, screen, seconds=8):
    end = ["--events", str(10**12)]  # without a screen a run must have one
    with tempfile.TemporaryFile() as errors:
        if screen:
            pid, master = start(scenario, "--fps", "30", *end, errors=errors)
            read_for(master, seconds - 2)  # two have passed
            finish(pid, master)
        else:
            p = subprocess.Popen([PROGRAM, "run", scenario, *end], stderr=errors)
            time.sleep(seconds)
            p.terminate()
            p.wait(10)
        return made(errors)


def scenario(pace):
    f = tempfile.NamedTemporaryFile("w", suffix=".yaml", delete=False)
    f.write("seed: 1\noutputs: {o: {type: 'null'}}\nmodules: {ticks: {generator: market, rate: 10, %s}}\n" % pace)
    f.close()
    return f.name


calm, flood = scenario("pace: constant"), scenario("pace: unlimited")
for fps in (10, 30):
    pid, master = start(calm, "--fps", str(fps))
    cost(f"10 events/s, {fps} frames/s, 120x36", pid, master)
    if fps == 10:
        os.write(master, b"!")
        read_for(master, 4)
        cost("idle (all modules off)", pid, master)
    finish(pid, master)
# One frame a second by itself: what comes sooner was drawn for the key.
pid, master = start(flood, "--fps", "1")
late = []
for _ in range(200):
    read_for(master, 0.02)
    began = time.monotonic()
    os.write(master, b"m")
    if select.select([master], [], [], 1)[0] and b"\033[5n" in os.read(master, 65536):
        os.write(master, b"\033[0n")
    late.append(1000 * (time.monotonic() - began))
late.sort()
print(f"key to screen under an unlimited module: median {statistics.median(late):.1f} ms, p99 {late[int(len(late) * .99)]:.1f} ms")
finish(pid, master)
# Turn by turn, because the machine is not equally fast all the time.
pairs = [(throughput(flood, True), throughput(flood, False)) for _ in range(5)]
ratios = sorted(a / b for a, b in pairs)
print(f"an unlimited module with the screen at 30 frames/s: {statistics.median(a for a, b in pairs) / 1e6:.2f} M events/s, without "
      f"{statistics.median(b for a, b in pairs) / 1e6:.2f} M, ratio {statistics.median(ratios):.3f} "
      f"({ratios[0]:.3f} to {ratios[-1]:.3f}; limit 0.98)")
os.unlink(calm)
os.unlink(flood)
