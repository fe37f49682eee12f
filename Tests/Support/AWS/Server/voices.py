"""Makes sound with espeak-ng and ffmpeg, and recognizes sound by comparing it with that of known phrases."""
import array
import asyncio
import functools
import subprocess

SAMPLE_RATE = 16_000
# The samples of a window of 20 ms, in which loudness is measured.
WINDOW = SAMPLE_RATE // 50
FORMATS = {
    "mp3": ["-f", "mp3", "-b:a", "48k"],
    "ogg_vorbis": ["-f", "ogg", "-c:a", "libvorbis"],
    "ogg_opus": ["-f", "ogg", "-c:a", "libopus"],
    "pcm": ["-f", "s16le"],
}


@functools.lru_cache(maxsize=256)
def speech(text, language, encoding, rate):
    """The sound of a text."""
    spoken = subprocess.run(["espeak-ng", "-v", language, "--stdout", text], capture_output=True, check=True).stdout
    return subprocess.run(
        ["ffmpeg", "-v", "error", "-i", "pipe:0", "-ac", "1", "-ar", str(rate), *FORMATS[encoding], "pipe:1"],
        input=spoken, capture_output=True, check=True).stdout


@functools.lru_cache(maxsize=256)
def loudness(pcm):
    """The loudness of each window, without the silence at both ends."""
    samples = array.array("h", pcm[:len(pcm) & ~1])
    windows = [sum(map(abs, samples[start:start + WINDOW])) / WINDOW for start in range(0, len(samples), WINDOW)]
    loud = [index for index, value in enumerate(windows) if value > 60]
    return windows[loud[0]:loud[-1] + 1] if loud else []


def likeness(left, right):
    """The correlation of two rows of loudness, from -1 to 1; the best of shifts of up to 100 ms."""
    best = 0
    for shift in range(-5, 6):
        pairs = list(zip(left[max(shift, 0):], right[max(-shift, 0):]))
        if len(pairs) < 0.9 * max(len(left), len(right)):
            continue
        mean_left, mean_right = (sum(values) / len(pairs) for values in zip(*pairs))
        together = sum((a - mean_left) * (b - mean_right) for a, b in pairs)
        alone = (sum((a - mean_left) ** 2 for a, _ in pairs) * sum((b - mean_right) ** 2 for _, b in pairs)) ** 0.5
        best = max(best, together / alone if alone else 0)
    return best


class Speech:
    """What the stand-in can say and understand."""

    def __init__(self, phrases):
        self.phrases = phrases

    async def speak(self, text, language, encoding, rate):
        return await asyncio.to_thread(speech, text, language, encoding, rate)

    async def recognize(self, pcm, languages):
        """The phrase that a recording has, with its language; None if it sounds like none."""
        return await asyncio.to_thread(self._recognize, pcm, languages)

    def _recognize(self, pcm, languages):
        heard = loudness(pcm)
        if not heard:
            return None
        known = [phrase for phrase in self.phrases if phrase["language"] in languages]
        rated = [(likeness(heard, loudness(speech(phrase["text"], phrase["language"], "pcm", SAMPLE_RATE))), index)
                 for index, phrase in enumerate(known)]
        best, index = max(rated, default=(0, 0))
        return known[index] if best > 0.9 else None
