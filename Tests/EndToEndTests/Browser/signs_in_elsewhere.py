"""Who signs in with the identity provider comes back to the page, and a session that ends loses no question."""

import os
import subprocess
import sys
import threading

from support import Running, browser, free_port, sync
from selenium.webdriver.common.keys import Keys

provider_port, port = free_port(), free_port()
ISSUER = f"http://127.0.0.1:{provider_port}"
SETTINGS = {
    "AUTH_MODE": "oidc", "OIDC_ISSUER": ISSUER, "OIDC_CLIENT_ID": "policy-assistant", "OIDC_CLIENT_SECRET": "s3cret",
    "OIDC_SCOPES": "openid profile email", "PUBLIC_URL": f"http://127.0.0.1:{port}",
}


def provide():
    """Starts an identity provider that others wrote, with one user."""
    user = '{"sub": "ana-1", "name": "Ana Example", "email": "ana@example.com"}'
    provider = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(provider_port), "--user-claims", user],
        env=os.environ | {"AUTHLIB_INSECURE_TRANSPORT": "1"}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )
    for line in provider.stdout:
        if "running" in line.lower():
            break
    threading.Thread(target=provider.stdout.read, daemon=True).start()
    return provider


def redis(*words):
    command = ["redis-cli", "-s", os.environ["REDIS_ENDPOINT"], *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()


def sign_in(page):
    page.until(lambda: page.one(".sign-in-form button")).click()
    page.until(lambda: page.driver.current_url.startswith(f"{ISSUER}/oauth2/authorize"))
    page.until(lambda: page.one("button[name=sub][value=ana-1]")).click()
    page.until(lambda: page.one("#question"))


sync(**SETTINGS)
provider = provide()
try:
    with Running("serve", port=port, **SETTINGS), browser(port, may_complain=True, may_leave=True) as page:
        page.open("/#at-the-end")
        assert "company’s account" in page.text(".sign-in-introduction") and not page.one("#question")
        sign_in(page)
        assert page.driver.current_url == f"http://127.0.0.1:{port}/#at-the-end", page.driver.current_url
        page.until(lambda: page.text("#user-name") == "Ana Example")
        assert page.answer("How long is parental leave?")

        # The session ends while a question is being typed.
        page.write("How long is the notice period?")
        redis("del", *redis("--scan", "--pattern", "oidc:session:*"))
        page.write(Keys.ENTER)
        sign_in(page)
        page.until(lambda: page.one("#question").get_attribute("value") == "How long is the notice period?")
        assert len(page.all(".answer")) == 1, "the conversation is as it was"
        page.write(Keys.ENTER)
        page.until(lambda: len(page.all(".answer .icon-copy")) == 2)

        # Signing out ends the session here and at the provider.
        page.one("#sign-out").click()
        page.until(lambda: page.driver.current_url.startswith(f"{ISSUER}/oauth2/end_session"))
        assert redis("--scan", "--pattern", "oidc:session:*") == []
        page.driver.get(page.url + "/")
        page.until(lambda: page.one(".sign-in-form"))
        assert page.run("return JSON.stringify([{ ...localStorage }, { ...sessionStorage }])").count("notice") == 0
finally:
    provider.kill()
    provider.wait()
