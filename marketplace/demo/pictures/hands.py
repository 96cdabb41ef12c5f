"""Hands at work, as line drawings in soga on soga tint: no faces, no people, only the hand and the tool."""

# Outlines stay on one line: a path cut in the middle cannot be read against the drawing.
# ruff: noqa: E501

from collections.abc import Callable

from .scene import KUNYIT, PAPER, SOGA, Drawing, put, rng

Views = dict[str, Callable[[], Drawing]]

TINT, TOOL, STROKE = "#F3E3D2", "#E8CFB2", 6  # 6 units are 2.5 px where these are shown, at 320 px


def _ink(d: str, fill: str = "none", width: float = STROKE) -> str:
    return f'<path d="{d}" fill="{fill}" stroke-width="{width:g}"/>'


def _page(body: str) -> Drawing:
    """A tinted page with a hand-drawn waver in every line."""
    waver = (
        '<filter id="waver" x="-2%" y="-2%" width="104%" height="104%"><feTurbulence type="fractalNoise" baseFrequency=".016" numOctaves="2" seed="11"/>'
        '<feDisplacementMap in="SourceGraphic" scale="9"/></filter>'
    )
    sheet = f'<rect x="-20" y="-20" width="840" height="840" fill="{TINT}"/>'
    lines = f'<g stroke="{SOGA}" stroke-width="{STROKE}" stroke-linecap="round" stroke-linejoin="round" fill="none" filter="url(#waver)">{body}</g>'
    return Drawing(waver, sheet + lines)


def _fist() -> str:
    """A hand closed round a bar that runs along the x axis; the arm rises from it, thumb to the left."""
    arm = "M-70 -34C-84 -70 -72 -112 -56 -150L-62 -330H66L62 -150C76 -116 88 -74 74 -30Z"
    fingers = "".join(
        _ink(
            f"M{x - 17} -28Q{x - 18} -46 {x} -47Q{x + 18} -46 {x + 17} -28V{24 + drop}Q{x + 16} {42 + drop} {x} {42 + drop}Q{x - 16} {42 + drop} {x - 17} {24 + drop}Z",
            PAPER,
        )
        for x, drop in ((-51, 0), (-17, 6), (17, 4), (51, -6))
    )
    joints = "".join(f"M{x - 8} -8q8 6 16 0M{x - 7} 22q7 5 14 0" for x in (-51, -17, 17, 51))
    thumb = _ink("M-72 -62C-100 -44 -108 -14 -96 12Q-84 30 -68 18Q-62 -2 -66 -24", PAPER)
    cuff = "M-70 -270H72"
    return (
        _ink(arm, PAPER)
        + _ink("M-30 -96q4 20 0 36M4 -100q3 22 1 38M36 -94q2 18 0 34", width=3.5)
        + fingers
        + _ink(joints, width=3)
        + thumb
        + _ink(cuff)
        + _ink("M-66 -282H70", width=3)
    )


def _writing_hand() -> str:
    """A hand holding a tool as one holds a pen; the tips of thumb and forefinger meet near (44, 104), the arm leaves to the right."""
    palm = "M100 60C140 26 200 40 262 92Q320 128 460 150V262Q340 250 286 232Q230 240 176 214C120 204 96 160 100 60Z"
    curled = "".join(
        _ink(d, PAPER)
        for d in (
            "M196 214C160 226 120 222 112 204Q108 188 132 186L196 186",
            "M180 200C140 204 96 198 84 180Q80 162 104 162L180 168",
            "M172 178C130 180 82 168 70 150Q66 132 90 134L172 142",
        )
    )
    thumb = _ink("M196 176C160 164 108 150 58 128Q40 118 42 106Q48 96 66 104C104 120 140 126 186 130", PAPER)
    index = _ink("M190 48C150 18 116 14 92 26Q70 36 28 86Q22 100 36 104Q50 106 60 92Q86 62 102 60Q130 70 168 92", PAPER)
    nails = "M30 92q4 -10 12 -12M48 112q6 -6 14 -2"
    knuckles = "M84 40q10 6 12 18M150 40q10 10 8 22M112 134q4 8 -2 14"
    return (
        _ink(palm, PAPER) + curled + thumb + index + _ink(nails + knuckles, width=3) + _ink("M420 142V258M404 140V254", width=4)
    )


def _tapping() -> Drawing:
    """Nira: the flower stalk of the sugar palm is cut and drips into a bamboo tube."""
    trunk = _ink("M40 -20V820H176V-20", TOOL) + _ink(
        "".join(f"M40 {y}Q108 {y + 30} 176 {y}" for y in range(40, 820, 92)), width=4
    )
    hairs = _ink("".join(f"M{176} {y}q24 10 30 40" for y in range(360, 780, 84)), width=3)
    fronds = "".join(put(_leafy(), 150, 60, 1, turn) for turn in (8, -16))
    stalk = _ink("M168 214C300 196 404 240 438 326Q446 352 420 360Q398 362 392 344C362 282 280 262 170 282Z", PAPER) + _ink(
        "M394 340Q420 350 440 330M392 346l44 -8", width=4
    )
    tube = (
        _ink("M352 430Q414 448 478 430V704Q414 726 352 704Z", TOOL)
        + _ink("M352 430Q414 408 478 430M352 520Q414 540 478 520M352 626Q414 646 478 626")
        + _ink("M366 424C350 330 330 300 300 236M464 424C452 392 446 380 430 366", width=4)
    )
    drops = _ink("M416 378q-10 18 0 22q10 -4 0 -22Z", KUNYIT, 4) + _ink("M414 414q-6 10 0 13q6 -3 0 -13Z", KUNYIT, 3)
    knife = (
        _ink("M-92 -14H-250Q-296 -10 -306 14Q-240 26 -92 16Z", PAPER)
        + _ink("M-100 -16H104Q114 0 104 18H-100Z", TOOL)
        + _ink("M-250 2H-110", width=3)
    )
    hand = put(knife + _fist(), 630, 300, 0.94, 14)
    return _page(trunk + hairs + fronds + stalk + tube + drops + hand)


def _leafy() -> str:
    """A palm leaf reaching right from the origin."""
    blades = "".join(
        f"M{x} {-x * 0.04:.0f}q22 {side * 40} 62 {side * (86 - x * 0.07):.0f}" for x in range(70, 560, 34) for side in (-1, 1)
    )
    return _ink("M0 0Q300 -20 620 10") + _ink(blades, width=4)


def _waxing() -> Drawing:
    """Canting: wax drawn in dots and lines on cloth hung over a bar."""
    bar = _ink("M40 96H760Q776 112 760 130H40Q26 112 40 96Z", TOOL) + _ink("M180 97v32M420 97v32M640 97v32", width=4)
    cloth = _ink(
        "M96 130H616C630 330 604 540 626 742C560 716 520 760 452 738S330 716 270 742S150 726 92 744C110 540 84 330 96 130Z", PAPER
    )
    petal = "M0 0Q34 -8 40 -40Q8 -34 0 0Z"
    flower = "".join(put(_ink(petal, TINT, 4) + _ink("M8 -8L28 -28", width=3), 0, 0, 1, turn) for turn in (0, 90, 180, 270))
    done = "".join(put(flower, x, y, 1.3) for x, y in ((172, 230), (172, 346), (172, 462), (288, 230)))
    begun = (
        "".join(put(_ink(petal, width=4), 288, 346, 1.3, turn) for turn in (0, 270))
        + f'<circle cx="300" cy="366" r="6" fill="{KUNYIT}" stroke-width="3"/>'
    )
    seeds = "".join(
        f'<circle cx="{x}" cy="{y}" r="4" fill="{SOGA}" stroke="none"/>'
        for x, y in ((230, 230), (172, 288), (172, 404), (172, 520), (230, 346), (288, 288), (346, 230), (230, 462))
    )
    tool = (
        _ink("M24 50L200 20Q212 28 206 42L30 70Z", TOOL)
        + _ink("M-34 36Q-30 78 4 80Q30 74 28 40Z", TOOL)
        + _ink("M-34 36H28M-28 60Q-60 64 -66 94")
    )
    hand = put(put(tool, -4, 30, 1, -6) + put(_writing_hand(), 44, -38, 1.04), 366, 292, 1.05, 8)
    return _page(bar + cloth + done + seeds + begun + hand)


def _splitting() -> Drawing:
    """Bamboo: a blade is driven down a standing culm; strips lie at its foot."""
    culm = _ink("M330 330L322 800H478L470 330Z", TOOL) + _ink(
        "M326 520Q400 546 474 520M326 534Q400 560 474 534M323 700Q400 726 477 700M323 714Q400 740 477 714"
    )
    halves = (
        _ink("M330 334C326 250 292 190 262 120Q296 96 336 104C362 190 392 250 398 340Z", PAPER)
        + _ink("M470 334C474 250 508 190 538 120Q504 96 464 104C438 190 408 250 402 340Z", PAPER)
        + _ink("M400 340V470", width=4)
    )
    blade = (
        _ink("M-96 -20H-300Q-352 -12 -372 26Q-290 34 -96 24Z", PAPER)
        + _ink("M-104 -20H110Q122 2 110 24H-104Z", TOOL)
        + _ink("M-330 16H-120", width=3)
        + _ink("M-104 -24V28", width=8)
    )
    right = put(blade + _fist(), 640, 306, 0.92, 4)
    left = put(_fist(), 396, 626, 0.92, -84)
    strips = _ink("M40 764Q180 700 300 760M60 790Q170 740 310 786M520 776Q640 716 770 764M540 796Q660 752 760 790")
    nodes = _ink("M150 724v20M650 738v20", width=4)
    return _page(strips + nodes + culm + halves + right + left)


def _weaving() -> Drawing:
    """Tenun: the sword is pulled against the weft; two hands, the warp running away from us."""
    warp = _ink("".join(f"M{x} 470L{400 + (x - 400) * 0.62:.0f} 96" for x in range(130, 680, 22)), width=3)
    beam = _ink("M180 70H620Q634 88 620 106H180Q166 88 180 70Z", TOOL)
    woven = _ink("M116 486H684L716 760H84Z", PAPER) + _ink(
        "".join(f"M{114 - n * 3.4:.0f} {506 + n * 26}H{686 + n * 3.4:.0f}" for n in range(10)), width=3
    )
    heddle = _ink("M150 250H650", width=10) + _ink("".join(f"M{x} 250l-6 46l12 0Z" for x in range(190, 640, 44)), width=3)
    sword = _ink("M30 440Q400 414 770 440Q784 462 770 482Q400 462 30 482Q16 462 30 440Z", TOOL)
    hands = put(_fist(), 180, 462, 1, 174) + put(f'<g transform="scale(-1 1)">{_fist()}</g>', 620, 462, 1, 186)
    boat = (
        _ink("M300 372Q400 336 500 372Q400 404 300 372Z", TOOL)
        + _ink("M352 372H448", width=8)
        + _ink("M500 372Q560 380 600 440", "none", 3)
    )
    return _page(warp + beam + heddle + boat + woven + sword + hands)


def _forging() -> Drawing:
    """Tempa: a kitchen blade on the anvil, tongs in one hand, hammer in the other."""
    anvil = _ink(
        "M170 520H596Q676 524 724 552Q650 586 560 590L532 650H566V706H254V650H290L262 590Q190 574 170 520Z", TOOL
    ) + _ink("M200 546H600", width=3)
    block = _ink("M234 706H586L600 800H220Z", PAPER) + _ink(
        "M280 724q60 20 40 76M420 716q40 40 10 84M520 720q30 30 24 80", width=3
    )
    blade = _ink("M310 498H640Q690 500 706 486Q690 462 640 462H310Z", PAPER) + _ink("M640 482H330", width=3)
    tongs = _ink("M326 470L96 430M326 490L88 472M326 470Q346 480 326 490", width=8)
    left = put(_fist(), 150, 452, 0.82, 194)
    hammer = (
        _ink("M-100 -16H150V16H-100Z", TOOL)
        + _ink("M-196 -72H-100V72H-196Q-208 0 -196 -72Z", PAPER)
        + _ink("M-196 -48H-100M-196 48H-100", width=3)
    )
    right = put(hammer + _fist(), 600, 236, 0.96, 22)
    rand = rng("hands-tempa")
    sparks = "".join(
        _ink(f"M{x:.0f} {y - 9:.0f}l7 9l-7 9l-7 -9Z", KUNYIT, 3)
        for x, y in ((rand.uniform(330, 640), rand.uniform(330, 440)) for _ in range(13))
    )
    rays = _ink("M420 440L396 396M462 436L462 384M506 440L532 396", width=4)
    return _page(block + anvil + blade + tongs + left + right + sparks + rays)


PICTURES: dict[str, Views] = {
    "hands-nira": {"front": _tapping},
    "hands-canting": {"front": _waxing},
    "hands-bambu": {"front": _splitting},
    "hands-tenun": {"front": _weaving},
    "hands-tempa": {"front": _forging},
}
