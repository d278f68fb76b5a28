"""Chromium without a window, driven over its debugging pipe with the standard library alone."""

import base64
import json
import os
import subprocess


class Browser:
    """Chromium without a window, on file descriptors 3 and 4."""

    def __init__(self, home, width=390, height=844):
        to_read, self.write = os.pipe()
        self.read, to_write = os.pipe()

        def wire():
            # Both may lie on 3 or 4 already: move them away first.
            read, write = os.dup(to_read), os.dup(to_write)
            high_read, high_write = os.dup2(read, 30), os.dup2(write, 31)
            os.dup2(high_read, 3)
            os.dup2(high_write, 4)

        self.process = subprocess.Popen(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe",
             f"--user-data-dir={home}", f"--window-size={width},{height}"],
            preexec_fn=wire, close_fds=False,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(to_write)
        self.number, self.rest, self.events = 0, b"", []

    def _message(self):
        while b"\0" not in self.rest:
            piece = os.read(self.read, 1 << 20)
            if not piece:
                raise SystemExit("the browser ended")
            self.rest += piece
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def ask(self, method, session=None, **params):
        self.number += 1
        request = {"id": self.number, "method": method, "params": params}
        if session:
            request["sessionId"] = session
        os.write(self.write, json.dumps(request).encode() + b"\0")
        while True:
            message = self._message()
            if message.get("id") == self.number:
                assert "error" not in message, (method, message)
                return message["result"]
            self.events.append(message)

    def close(self):
        self.ask("Browser.close")
        self.process.wait(30)

    def open(self, page, session=None):
        """A tab with the page, whole; its session."""
        if session is None:
            target = self.ask("Target.createTarget", url="about:blank")["targetId"]
            session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
            for domain in ("Network", "Page", "Runtime", "Log"):
                self.ask(f"{domain}.enable", session)
        self.ask("Page.navigate", session, url=page)
        while (self.value(session, "document.readyState") != "complete"
               or self.value(session, "location.href") != page):
            pass
        return session

    def value(self, session, expression):
        result = self.ask("Runtime.evaluate", session, expression=expression, returnByValue=True,
                          awaitPromise=True)
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    def press(self, session, key, code=0, text=None):
        """A key, down and up."""
        named = {"key": key, "code": key, "windowsVirtualKeyCode": code}
        self.ask("Input.dispatchKeyEvent", session, type="keyDown", **named, **({"text": text} if text else {}))
        self.ask("Input.dispatchKeyEvent", session, type="keyUp", **named)

    def size(self, session, width, height):
        self.ask("Emulation.setDeviceMetricsOverride", session, width=width, height=height,
                 deviceScaleFactor=1, mobile=width < 600)

    def picture(self, session, path, clip=None):
        more = {"clip": dict(zip(("x", "y", "width", "height"), clip), scale=1)} if clip else {}
        shot = self.ask("Page.captureScreenshot", session, format="png", captureBeyondViewport=bool(clip), **more)
        path.write_bytes(base64.b64decode(shot["data"]))

    def asked(self):
        """What was loaded."""
        return [event["params"]["request"]["url"] for event in self.events
                if event["method"] == "Network.requestWillBeSent"]

    def complaints(self):
        """What the console says."""
        return [event["params"] for event in self.events
                if event["method"] in ("Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled")]
