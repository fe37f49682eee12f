"""What the scenarios share: the program's servers, and a browser to look with."""

import atexit
import base64
import functools
import hashlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import wave
from contextlib import contextmanager
from urllib.parse import urlsplit

import websocket
from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

PROGRAM = os.environ["PROGRAM"]
PATIENCE = 60


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def sync(**settings):
    """Syncs the documents."""
    subprocess.run([PROGRAM, "sync"], env=os.environ | settings, check=True, capture_output=True)


def add_user(name, password, **_):
    """Lets somebody sign in, under any settings, whose password's hash costs next to nothing."""
    salt = os.urandom(16)
    key = hashlib.scrypt(password.encode(), salt=salt, n=16, r=8, p=1, dklen=32)
    words = [base64.b64encode(part).decode().rstrip("=") for part in (salt, key)]
    fields = {"scrypt": "$scrypt$ln=4,r=8,p=1$" + "$".join(words), "generation": "g",
              "created_at": "2026-11-21T10:00:00Z", "changed_at": "-"}
    subprocess.run(["redis-cli", "-s", os.environ["REDIS_ENDPOINT"], "hset", f"user:{name}",
                    *(word for field in fields.items() for word in field)], check=True, capture_output=True)


def change_password(name, password, **settings):
    """Gives somebody a new password, which ends the sessions."""
    subprocess.run([PROGRAM, "users", "passwd", name], env=os.environ | settings, input=password + "\n", check=True,
                   capture_output=True, text=True)


def add_key(*arguments, **settings):
    """Makes an API key, and returns its secret."""
    command = [PROGRAM, "keys", "add", *arguments]
    return subprocess.run(command, env=os.environ | settings, check=True, capture_output=True, text=True).stdout.strip()


class Running:
    """A server of the program: `serve` or `engine`."""

    def __init__(self, *arguments, port=None, **settings):
        self.port = port or free_port()
        self.process = subprocess.Popen(
            [PROGRAM, *arguments, "--port", str(self.port)],
            env=os.environ | settings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        for line in self.process.stdout:
            if "serving" in line:
                break
        # Its output is read to the end, so that it never waits for a reader.
        threading.Thread(target=self.process.stdout.read, daemon=True).start()

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


class Page:
    """The page in a browser, by what a person finds on it."""

    def __init__(self, driver, url, profile):
        self.driver, self.url, self.profile = driver, url, profile

    def open(self, path="/"):
        self.driver.get(self.url + path)
        self.until(lambda: self.one("#welcome h2") or self.all(".message") or self.one(".sign-in-form"))

    def all(self, selector):
        return [found for found in self.driver.find_elements(By.CSS_SELECTOR, selector) if found.is_displayed()]

    def one(self, selector):
        found = self.all(selector)
        return found[0] if found else None

    def text(self, selector):
        """What can be read in the last of the parts; nothing in one that is hidden."""
        while True:
            found = self.driver.find_elements(By.CSS_SELECTOR, selector)
            try:
                return found[-1].text if found else ""
            except StaleElementReferenceException:
                # The page has put another in its place meanwhile.
                pass

    def until(self, condition, patience=PATIENCE):
        """Looks again and again until something is the case, and returns it."""
        return WebDriverWait(self.driver, patience, 0.05, [Exception]).until(lambda _: condition())

    def write(self, question):
        self.driver.find_element(By.ID, "question").send_keys(question)

    def ask(self, question):
        """Asks by keyboard."""
        self.write(question)
        self.write(Keys.ENTER)

    def answer(self, question):
        """Asks, and waits for the whole answer."""
        answers = len(self.all(".answer"))
        self.ask(question)
        self.until(lambda: len(self.all(".answer")) == answers + 1 and self.all(".answer")[-1].find_elements(
            By.CSS_SELECTOR, ".icon-copy"))
        return self.text(".answer-text")

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def permit(self, permission, setting):
        """Says, as a person does when asked, whether the page may do something."""
        self.profile.command("Browser.setPermission", permission={"name": permission}, setting=setting,
                             browserContextId=self.profile.id)

    def complaints(self):
        """What the browser's console holds of errors."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"]

    def hosts(self):
        """The origins of everything that the browser asked for."""
        origins = set()
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                origins.add(re.match(r"[a-z]+:(//[^/]*)?", message["params"]["request"]["url"])[0])
        return origins - {"data:", "blob:", "chrome:", "about:"}


class Profile:
    """A profile of its own in the running browser, as a private window has it: no cookie, cache or word of another."""

    def __init__(self, address):
        self.connection = websocket.create_connection(address, suppress_origin=True)
        self.number = 0
        self.id = self.command("Target.createBrowserContext")["browserContextId"]

    def command(self, method, **parameters):
        self.number += 1
        self.connection.send(json.dumps({"id": self.number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self.connection.recv())
            if answer.get("id") == self.number:
                return answer["result"]

    def window(self):
        """Opens a window."""
        return self.command("Target.createTarget", url="about:blank", browserContextId=self.id, newWindow=True)["targetId"]

    def close(self):
        """Closes its windows, and forgets it."""
        self.command("Target.disposeBrowserContext", browserContextId=self.id)
        self.connection.close()


def say(words, voice, speed):
    """Says words with a pause behind them, and returns the file and its length in seconds."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    spoken, file = f"{folder}/spoken.wav", f"{folder}/question.wav"
    subprocess.run(["espeak-ng", "-v", voice, "-s", str(speed), "-w", spoken, words], check=True)
    subprocess.run(["ffmpeg", "-loglevel", "error", "-i", spoken, "-af", "apad=pad_dur=0.5", "-ar", "48000", file], check=True)
    with wave.open(file) as sound:
        return file, sound.getnframes() / sound.getframerate()


@functools.cache
def devtools():
    """Where the browser takes commands: the one that runs for all scenarios, or else one of this scenario's own."""
    return os.environ.get("BROWSER_DEVTOOLS") or launch()


def launch(*flags):
    """Starts a browser that ends with the scenario, and returns where it takes commands."""
    folder = tempfile.mkdtemp()
    process = subprocess.Popen(
        ["/usr/bin/chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
         "--remote-debugging-port=0", f"--user-data-dir={folder}", *flags, "about:blank"],
        stderr=subprocess.PIPE, text=True,
    )

    def end():
        process.kill()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(end)
    address = next(found[0] for line in process.stderr if (found := re.search(r"ws://\S+", line)))
    # Its output is read to the end, so that it never waits for a reader.
    threading.Thread(target=process.stderr.read, daemon=True).start()
    return address


@contextmanager
def browser(port, width=1100, height=800, language="en", dark=False, may_complain=False, may_leave=False, microphone=None):
    """A browser that must stay content: no error on its console, and nothing asked of another host unless it leaves.

    Its microphone hears a file from the beginning, each time that it is switched on.
    """
    flags = ["--use-fake-device-for-media-stream", f"--use-file-for-fake-audio-capture={microphone}%noloop"]
    address = launch(*flags) if microphone else devtools()
    options = webdriver.ChromeOptions()
    options.debugger_address = urlsplit(address).netloc
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    profile = Profile(address)
    driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    try:
        driver.switch_to.window(profile.window())
        driver.execute_cdp_cmd("Emulation.setFocusEmulationEnabled", {"enabled": True})
        driver.execute_cdp_cmd("Emulation.setUserAgentOverride", {
            "userAgent": driver.execute_script("return navigator.userAgent"), "acceptLanguage": language})
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600})
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            {"name": "prefers-reduced-motion", "value": "reduce"}]})
        page = Page(driver, f"http://127.0.0.1:{port}", profile)
        yield page
        complaints, hosts = page.complaints(), page.hosts()
        assert may_complain or not complaints, complaints
        assert may_leave or hosts <= {page.url}, hosts
    except BaseException:
        print("the page:", driver.find_element(By.TAG_NAME, "body").text)
        raise
    finally:
        profile.close()
        driver.quit()
