"""What goes wrong around the site's pages: storage, files, the net, workers, other tabs. Nothing is lost by it."""

import json
from typing import Any

import pytest
from answering import check, context, opened, place, write

pytestmark = [pytest.mark.browser, pytest.mark.slow]
__all__ = ["context"]
KEY = "`capas ${new URL('../../', location.href).pathname} 03_softmax en`"
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"
BLOCKED = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"
NAMED = '<img src=x onerror="window.hit = 1">.py'
MEAN = 'def predict(p):\n    return "</script><script>window.hit = 1</script><img src=x onerror=window.hit=1>"\n'


def text_of(page: Any, name: str) -> str:
    return place(page, name).locator(".cm-content").inner_text()


def test_two_tabs_write_into_one_work(context: Any, site_address: str) -> None:
    one, errors = opened(context, site_address)
    other, more = opened(context, site_address)
    write(one, "softmax", "def softmax(a):\n    return 'one'\n")
    write(other, "predict", "def predict(p):\n    return 'other'\n")
    one.wait_for_function("document.querySelector('[data-question=predict] .cm-content').innerText.includes('other')")
    assert "'one'" in text_of(other, "softmax")
    one.reload()
    assert "'one'" in text_of(one, "softmax")
    assert "'other'" in text_of(one, "predict")
    assert errors == more == []


@pytest.mark.parametrize("script", [FULL, BLOCKED])
def test_a_browser_that_keeps_nothing_says_so_where_one_writes(context: Any, site_address: str, script: str) -> None:
    context.add_init_script(script)
    page, errors = opened(context, site_address)
    write(page, "softmax", "def softmax(a):\n    return a\n")
    place(page, "softmax").locator(".status", has_text="This browser keeps nothing").wait_for()
    page.goto(f"{site_address}en/index.html")
    assert page.locator(".stages li").count() == 1
    # Nothing passes yet, so nothing is said of that.
    assert not page.locator(".progress").first.is_visible()
    assert errors == []


@pytest.mark.parametrize("kept", ["{", "null", "[1]", '{"cells": null, "passed": 3}', '{"cells": {"softmax": 7}}'])
def test_spoilt_storage_is_begun_anew(context: Any, site_address: str, kept: str) -> None:
    page, errors = opened(context, site_address)
    page.evaluate(f"localStorage.setItem({KEY}, {json.dumps(kept)})")
    page.reload()
    assert "def softmax" in text_of(page, "softmax")
    write(page, "softmax", "def softmax(a):\n    return 'again'\n")
    page.reload()
    assert "'again'" in text_of(page, "softmax")
    assert errors == []


def test_questions_named_as_what_objects_have_are_questions(context: Any, site_address: str) -> None:
    page, _ = opened(context, site_address)
    found = page.evaluate("""() => import('../../assets/store.js').then(({ Store }) => {
      const store = new Store('x', 'en'), names = ['constructor', 'toString', '__proto__'];
      return names.map((name) => [store.passes(name), store.source(name) === undefined]);
    })""")
    assert found == [[False, True]] * 3


def test_a_file_with_script_in_it_or_far_too_large_does_nothing(context: Any, site_address: str) -> None:
    page, errors = opened(context, site_address)
    field, told = page.locator("input[type=file]"), page.locator(".handin .status")
    field.set_input_files({"name": NAMED, "mimeType": "text/x-python", "buffer": MEAN.encode()})
    told.filter(has_text="is open: predict").wait_for()
    assert "</script>" in text_of(page, "predict")
    for name, data in (("bits.ipynb", b"\x00\xff" * 1000), ("odd.ipynb", b'{"cells": [{}]}'), ("none.py", b"x = 1")):
        field.set_input_files({"name": name, "mimeType": "text/plain", "buffer": data})
        told.filter(has_text=f"{name} has no answer").wait_for()
    page.evaluate("""() => {
      const field = document.querySelector('input[type=file]'), files = new DataTransfer();
      files.items.add(new File([new Uint8Array(200_000_000)], 'huge.py'));
      field.files = files.files;
      field.dispatchEvent(new Event('change'));
    }""")
    told.filter(has_text="huge.py has no answer").wait_for()
    page.reload()
    assert page.evaluate("window.hit") is None
    assert errors == []


@pytest.mark.parametrize("pattern", ["**/checks.txt", "**/pyodide.asm.wasm"])
def test_python_that_cannot_be_loaded_is_tried_again(context: Any, site_address: str, pattern: str) -> None:
    # A browser of its own each: one in which Python was loaded keeps it for pages without the net.
    context.route(pattern, lambda route: route.abort())
    page, _ = opened(context, site_address)
    assert "Python could not be loaded" in check(page, "softmax")
    assert "Python could not be loaded" in check(page, "softmax")
    context.unroute(pattern)
    assert "has not been begun" in check(page, "softmax")


def test_a_worker_that_ends_itself_is_replaced(context: Any, site_address: str) -> None:
    page, _ = opened(context, site_address)
    write(page, "softmax", "def softmax(a):\n    import js\n    js.close()\n    return a\n")
    # It ends when it has answered; the next check finds nobody there.
    assert "✘" in check(page, "softmax")
    write(page, "softmax", "def softmax(a):\n    return a\n")
    assert "✘" in check(page, "softmax")


def test_a_file_that_cannot_be_made_without_the_net_is_told(context: Any, site_address: str) -> None:
    page, _ = opened(context, site_address)
    context.set_offline(True)
    page.locator("button.take").first.click()
    page.locator(".handin .status", has_text="could not be made").wait_for()


def test_without_scripts_it_is_a_text(browser: Any, site_address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_address}es/03_softmax/index.html")
    assert page.locator("pre.stub").first.is_visible()
    assert not page.locator(".explorable").first.is_visible()
    assert page.locator(".handin a[download]").count() == 2
    context.close()
