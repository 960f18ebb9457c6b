# First process of a test's host: takes in whoever lost his parent, writes down what is said to syslog, and ends with whoever started it.
import os, select, signal, socket

log = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
log.bind("/dev/log")
os.chmod("/dev/log", 0o666)
signal.signal(signal.SIGCHLD, lambda *_: None)
wake, woken = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
signal.set_wakeup_fd(woken)
os.write(1, b"ready\n")
while True:
    ready, _, _ = select.select([0, log, wake], [], [])
    if wake in ready:
        os.read(wake, 4096)
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            pass
    if log in ready:
        line = log.recv(65536).rstrip(b"\0\n") + b"\n"
        try:
            with open("/var/log/auth.log", "ab") as file:
                file.write(line)
        except OSError:
            pass  # A full disk loses lines of the log, not the host.
    if 0 in ready and not os.read(0, 4096):
        break
