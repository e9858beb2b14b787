#!/usr/bin/python3
r"""Makes the small audio-visual data set "spoken and written digits".

The data set has two parts for each of the splits train, validation and test:

  digits/SPLIT/audio/DIGIT_VOICE_INDEX.wav
      the digits 0 to 9 spoken in English by espeak-ng,
      8 kHz, mono, 16-bit PCM, silence trimmed at both ends
  digits/SPLIT/images-idx3-ubyte.gz and labels-idx1-ubyte.gz
      the digits 0 to 9 drawn with fonts and distorted at random,
      28 x 28 grey pixels, white on black, in MNIST's IDX format

A voice and a font each belong to exactly one split.

Needed are these packages of Debian 12:

  apt-get install --no-install-recommends espeak-ng fontconfig \
    python3-numpy python3-pil fonts-adf-mekanus fonts-averia-sans-gwf \
    fonts-bajaderka fonts-bebas-neue fonts-beteckna fonts-breip fonts-bwht \
    fonts-cabin fonts-cantarell fonts-comfortaa fonts-comic-neue \
    fonts-dancingscript fonts-dejavu-core fonts-dkg-handwriting fonts-dosis \
    fonts-dustin fonts-ecolier-court fonts-freefont-ttf fonts-georgewilliams \
    fonts-gnutypewriter fonts-humor-sans fonts-isabella fonts-jura \
    fonts-kaushanscript fonts-lato fonts-leckerli-one fonts-liberation \
    fonts-lobstertwo fonts-monofur fonts-ocr-b fonts-oldstandard \
    fonts-opendin fonts-osifont fonts-play fonts-quicksand fonts-radisnoir \
    fonts-roboto-slab fonts-routed-gothic fonts-rufscript fonts-sil-andika \
    fonts-sil-gentium-basic fonts-sjfonts fonts-smc-chilanka \
    fonts-smc-manjari fonts-staypuft fonts-tomsontalks fonts-ubuntu-title \
    fonts-vollkorn fonts-yanone-kaffeesatz fonts-yusei-magic

Run it with

  /usr/bin/python3 make_digits.py [FOLDER]

FOLDER is where the data goes; without it that is the folder "digits" beside
this script. The audio and the IDX files that are there already are replaced.
All random choices come from a fixed seed, so that a second run with the same
versions of the packages writes the same bytes.
"""

import gzip
import math
import random
import struct
import subprocess
import sys
import tempfile
import wave
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

SEED = 20240607
SPLITS = ("train", "validation", "test")

# ---------------------------------------------------------------- audio ----

WORDS = ("zero", "one", "two", "three", "four",
         "five", "six", "seven", "eight", "nine")

# Each voice is an English accent and a voice variant of espeak-ng. The accent
# of Great Britain is "en" here: with "en-gb" espeak-ng ignores the variant.
VOICES = {
    "train": (
        "en-us+m1", "en+m2", "en-gb-scotland+m5", "en-029+m7",
        "en-us+Andy", "en-us+klatt2", "en-us+f1", "en+f2",
        "en-gb-x-rp+f4", "en-us+linda", "en-gb-x-gbclan+grandma",
    ),
    "validation": ("en-us+m3", "en-gb-x-gbcwmd+m8", "en+f3"),
    "test": ("en-us+m6", "en-gb-x-rp+max", "en-gb-scotland+f5",
             "en-029+Annie"),
}

UTTERANCES_PER_DIGIT = 3        # of each voice
SAMPLE_RATE = 8000
WORDS_PER_MINUTE = (140, 220)   # espeak-ng's option -s
PITCH = (30, 70)                # espeak-ng's option -p
PEAK = 0.9                      # of full scale, before the random gain
ATTENUATION_DB = (0.0, 8.0)     # the random gain
SILENCE = 0.02                  # of the peak; quieter ends are cut off
MARGIN_SECONDS = 0.01           # kept at both ends


def speak(word, voice, speed, pitch):
    """Returns the samples of a word spoken by espeak-ng and their rate."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "word.wav"
        subprocess.run(
            ["espeak-ng", "-v", voice, "-s", str(speed), "-p", str(pitch),
             "-w", str(path), word],
            check=True)
        with wave.open(str(path), "rb") as recording:
            rate = recording.getframerate()
            frames = recording.readframes(recording.getnframes())
    return np.frombuffer(frames, dtype="<i2").astype(np.float64), rate


def resample(samples, rate):
    """Returns the samples at SAMPLE_RATE; higher frequencies are dropped."""
    count = len(samples) * SAMPLE_RATE // rate
    spectrum = np.fft.rfft(samples)[:count // 2 + 1]
    return np.fft.irfft(spectrum, count)


def trim(samples):
    """Cuts off the silence at both ends, except for a short margin."""
    level = np.abs(samples)
    loud = np.flatnonzero(level > SILENCE * level.max())
    margin = int(MARGIN_SECONDS * SAMPLE_RATE)
    start = max(0, loud[0] - margin)
    return samples[start:loud[-1] + 1 + margin]


def scale_to_peak(samples, peak):
    """Returns 16-bit samples whose largest magnitude is peak * 32767."""
    scaled = samples * (peak * 32767 / np.abs(samples).max())
    return np.rint(scaled).astype("<i2")


def write_wav(path, samples):
    with wave.open(str(path), "wb") as recording:
        recording.setnchannels(1)
        recording.setsampwidth(2)
        recording.setframerate(SAMPLE_RATE)
        recording.writeframes(samples.tobytes())


def make_utterance(word, voice, rng):
    speed = rng.randint(*WORDS_PER_MINUTE)
    pitch = rng.randint(*PITCH)
    attenuation = rng.uniform(*ATTENUATION_DB)
    samples, rate = speak(word, voice, speed, pitch)
    samples = trim(resample(samples, rate))
    return scale_to_peak(samples, PEAK * 10 ** (-attenuation / 20))


def make_audio(split, folder):
    rng = random.Random(f"{SEED} audio {split}")
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.wav"):
        old.unlink()
    for voice in VOICES[split]:
        name = voice.replace("+", "-").lower()
        for digit, word in enumerate(WORDS):
            for index in range(UTTERANCES_PER_DIGIT):
                write_wav(folder / f"{digit}_{name}_{index}.wav",
                          make_utterance(word, voice, rng))


# --------------------------------------------------------------- images ----

# Each font is a family and how thick its strokes are.
FONTS = {
    "train": (
        # like handwriting
        ("Bajaderka", "thin"),
        ("Because We Build", "normal"),
        ("Because We Connect", "normal"),
        ("Because We Create", "normal"),
        ("Because We Mentor", "normal"),
        ("Because We Organize", "normal"),
        ("Breip", "thin"),
        ("Delphine", "normal"),
        ("DkgHandwriting", "normal"),
        ("Domestic Manners", "normal"),
        ("Ecolier_court", "thin"),
        ("Leckerli One", "bold"),
        ("Lobster Two", "normal"),
        ("monofur", "normal"),
        ("StayPuft", "normal"),
        ("Yusei Magic", "normal"),
        # print
        ("Andika", "normal"),
        ("Bebas Neue", "thin"),
        ("Beteckna", "normal"),
        ("Cabin", "normal"),
        ("Cantarell", "normal"),
        ("Caslon", "normal"),
        ("Comfortaa", "normal"),
        ("DejaVu Sans", "normal"),
        ("Dustismo Roman", "normal"),
        ("FreeMono", "thin"),
        ("Gentium Basic", "normal"),
        ("GNUTypewriter", "normal"),
        ("GWMonospace", "thin"),
        ("Jura", "normal"),
        ("Lato", "normal"),
        ("Liberation Sans", "normal"),
        ("Liberation Serif", "normal"),
        ("Manjari", "normal"),
        ("Mekanus ADF Std", "normal"),
        ("OCR B", "normal"),
        ("Radis Sans", "normal"),
        ("Routed Gothic", "normal"),
        ("Ubuntu-Title", "bold"),
        ("Yanone Kaffeesatz", "normal"),
    ),
    "validation": (
        # like handwriting
        ("Chilanka", "normal"),
        ("Dancing Script", "normal"),
        ("Isabella", "normal"),
        ("Junkyard", "normal"),
        ("Tomson Talks", "normal"),
        # print
        ("Averia Sans GWF", "normal"),
        ("Old Standard TT", "normal"),
        ("OSP-DIN", "bold"),
        ("Play", "normal"),
        ("Quicksand", "normal"),
    ),
    "test": (
        # like handwriting
        ("Comic Neue", "normal"),
        ("Humor Sans", "bold"),
        ("Kaushan Script", "normal"),
        ("Rufscript", "normal"),
        ("Steve", "normal"),
        # print
        ("DejaVu Serif", "normal"),
        ("Dosis", "normal"),
        ("osifont", "normal"),
        ("Roboto Slab", "normal"),
        ("Vollkorn", "normal"),
    ),
}

IMAGES_PER_DIGIT = {"train": 200, "validation": 50, "test": 100}
IMAGE_SIZE = 28
MARGIN_PIXELS = 1               # stays black at each edge
BOX = (16.0, 20.0)              # the longer side of the digit
SHIFT = (-2.0, 2.0)             # from the centre, in each direction
DEGREES = (-15.0, 15.0)
SHEAR = (-0.25, 0.25)
STRETCH = (0.85, 1.15)          # of the width
BLUR = (0.2, 0.7)               # radius in pixels
FONT_SIZE = 96                  # the digit is drawn large, then shrunk
CANVAS = 320
# Added to each side of a stroke, in pixels of the large drawing.
THICKENING = {"thin": (1, 3), "normal": (0, 2), "bold": (0, 0)}


def find_font(family):
    """Returns the file of a font family, as fontconfig knows it."""
    answer = subprocess.run(
        ["fc-match", "--format", "%{family}\n%{file}",
         family.replace("-", "\\-")],
        check=True, capture_output=True, text=True).stdout
    families, path = answer.split("\n")
    if family not in families.split(","):
        sys.exit(f"The font {family} is not installed; "
                 "the packages are listed at the top of this script.")
    return path


def draw_digit(digit, font, thickening):
    """Returns a large drawing of a digit, white on black."""
    image = Image.new("L", (CANVAS, CANVAS), 0)
    ImageDraw.Draw(image).text(
        (CANVAS / 2, CANVAS / 2), str(digit), fill=255, font=font,
        anchor="mm", stroke_width=thickening)
    return image


def distort(image, degrees, shear, stretch):
    """Rotates, shears and stretches an image about its centre."""
    cos = math.cos(math.radians(degrees))
    sin = math.sin(math.radians(degrees))
    # Image.transform wants, for each pixel of the result, where it comes from.
    a, b = cos / stretch, sin / stretch + shear
    d, e = -sin, cos
    centre = CANVAS / 2
    c = centre - a * centre - b * centre
    f = centre - d * centre - e * centre
    return image.transform(image.size, Image.Transform.AFFINE,
                           (a, b, c, d, e, f), Image.Resampling.BICUBIC)


def shrink(image, box):
    """Crops an image to its digit and makes the longer side box pixels."""
    image = image.crop(image.getbbox())
    factor = box / max(image.size)
    size = [max(1, round(side * factor)) for side in image.size]
    return image.resize(size, Image.Resampling.LANCZOS)


def centre_of_mass(image):
    """Returns x and y of the centre of mass of an image's brightness."""
    pixels = np.asarray(image, dtype=np.float64)
    x = (pixels.sum(axis=0) * np.arange(image.width)).sum() / pixels.sum()
    y = (pixels.sum(axis=1) * np.arange(image.height)).sum() / pixels.sum()
    return x, y


def place(image, shift_x, shift_y):
    """Puts a digit near the centre of an image of the final size.

    Its centre of mass comes to the centre and is then shifted, but never so
    far that something is cut off.
    """
    x, y = centre_of_mass(image)
    middle = (IMAGE_SIZE - 1) / 2
    left = clamp(round(middle - x + shift_x), image.width)
    top = clamp(round(middle - y + shift_y), image.height)
    result = Image.new("L", (IMAGE_SIZE, IMAGE_SIZE), 0)
    result.paste(image, (left, top))
    return result


def clamp(position, length):
    largest = IMAGE_SIZE - MARGIN_PIXELS - length
    return min(max(position, MARGIN_PIXELS), largest)


def brighten(image):
    """Makes the brightest pixel white."""
    brightest = image.getextrema()[1]
    return image.point([round(level * 255 / brightest)
                        if level < brightest else 255
                        for level in range(256)])


def make_image(digit, font, weight, rng):
    image = draw_digit(digit, font, rng.randint(*THICKENING[weight]))
    image = distort(image, rng.uniform(*DEGREES), rng.uniform(*SHEAR),
                    rng.uniform(*STRETCH))
    image = shrink(image, rng.uniform(*BOX))
    image = place(image, rng.uniform(*SHIFT), rng.uniform(*SHIFT))
    image = image.filter(ImageFilter.GaussianBlur(rng.uniform(*BLUR)))
    return brighten(image)


def write_gzip(path, data):
    """Writes a gzip file without a name and a time stamp in it."""
    with open(path, "wb") as file:
        with gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
            packed.write(data)


def write_idx(folder, images, labels):
    """Writes images and labels in MNIST's IDX format."""
    header = struct.pack(">IIII", 2051, len(images), IMAGE_SIZE, IMAGE_SIZE)
    pixels = b"".join(image.tobytes() for image in images)
    write_gzip(folder / "images-idx3-ubyte.gz", header + pixels)
    header = struct.pack(">II", 2049, len(labels))
    write_gzip(folder / "labels-idx1-ubyte.gz", header + bytes(labels))


def make_images(split, folder):
    rng = random.Random(f"{SEED} images {split}")
    fonts = [
        (ImageFont.truetype(find_font(family), FONT_SIZE,
                            layout_engine=ImageFont.Layout.BASIC), weight)
        for family, weight in FONTS[split]]
    samples = []
    for digit in range(10):
        for index in range(IMAGES_PER_DIGIT[split]):
            font, weight = fonts[index % len(fonts)]
            samples.append((make_image(digit, font, weight, rng), digit))
    rng.shuffle(samples)
    folder.mkdir(parents=True, exist_ok=True)
    write_idx(folder, [image for image, _ in samples],
              [digit for _, digit in samples])


def main():
    if len(sys.argv) > 1:
        target = Path(sys.argv[1])
    else:
        target = Path(__file__).resolve().parent / "digits"
    for split in SPLITS:
        make_audio(split, target / split / "audio")
        make_images(split, target / split)


if __name__ == "__main__":
    main()
