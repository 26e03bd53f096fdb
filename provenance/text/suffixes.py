"""What the suffix of an orderable part number says: package, temperature range, reel; by makers' own grammar.

Each grammar holds for the base parts that it names; a suffix that it does not match as a whole is left
unread, since a letter means one thing with one maker and another with the next. Source: the makers' ordering
guides as the editors remember them, unverified; codes are given as printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class SuffixParts:
    """Codes inside a suffix, as printed; empty where the suffix has none or they cannot be read."""

    package: str = ""
    temperature: str = ""
    reel: str = ""


UNREAD = SuffixParts()
_T = "(?P<temperature>"
_P = "(?P<package>"
_R = "(?P<reel>"
_GRAMMARS = tuple(
    (re.compile(base), re.compile(suffix))
    for base, suffix in (
        # Analog Devices: ADM3202 A RN Z REEL7
        (
            r"AD[A-Z]{0,4}\d|OP\d|REF\d|HMC\d|SSM\d|TMP\d",
            rf"{_T}[ABCJKLSTWY])W?{_P}RMQ?|RU|RN|RW|RQ|RJ|RT|RS|RI|RP|R|CP|ST|SV|SW|BC|BP|KS|UJ|CB|N|Q|E|D)Z?"
            rf"\d{{0,3}}{_R}REEL7?|RL7?|R7|R2)?",
        ),
        # Linear Technology: LTC3414 E FE PBF TR
        (
            r"LT[CM]?\d",
            rf"[AB]?{_T}[CIHMEA]){_P}MS8E?|MSE?|S[568]E?|SW|GN|DHC|DJC|DD|DE|UFD|UF|UHF?|UKG?|FE|N8|J8|TS8|[SGFNQTYVR])"
            rf"\d{{0,2}}(PBF)?{_R}TR)?(PBF)?",
        ),
        # Maxim: MAX3232 E SE T, the last package letter being the number of pins
        (r"MAX\d", rf"[A-D]?{_T}[CEMAIGTB]){_P}[A-CE-Z][A-QS-Z]){_R}T)?"),
        # Texas Instruments: SN74LVC14 A PW R G4
        (
            r"SN\d|TPS\d|TL[VC]?\d|OPA\d|INA\d|ADS\d|LM\d|REF\d|BQ\d|TXB\d|ISO\d|AM26|MAX3",
            rf"[A-C]?{_T}[ICQMEH])?{_P}DBV|DCK|DBQ|DGK|DGV|DGG|DGS|DDA|DRB|DSG|DYY|DCN|DBZ|DCU|DB|DL|DW|PWP|PW|PFB|PAG|"
            rf"PAP|PHP|PM|PN|PZ|PK|PT|RG[ETYZV]|RH[BALHFD]|RSA|RTE|RUT|NS|NT|YZP|[DNPJ])"
            rf"{_R}[RT](?!$)|[RT]$)?(G[34]|E4)?(Q1|EP)?",
        ),
        (r"MSP430|M430", rf"[A-C]?{_T}[ITS]){_P}PM|PZ|PN|RGC|RGZ|RHA|RSB|PW|DL|ZQW|ZCA|N|D){_R}[RT])?"),
        # ST: STM32F405 R G T 6 TR: pins, memory, package, temperature
        (r"STM(32|8)", rf"[A-Z][0-9A-Z]{_P}[THUYPMBI]){_T}[3678])X?{_R}TR)?"),
        # Xilinx: XC3S2000 -4 FGG456 C
        (r"XC|XA|XQ", rf"\d?{_P}[BCFHPSTV][A-Z]{{0,2}}G?\d{{2,4}}){_T}[CIEQM])?(\dC?)?"),
        # Altera: EP4CGX150 C F23 I 7 N and EPM7128 S Q C 100-10 N
        (r"EP\d|5[CMA]|10[MCA]", rf"[BCDE]?{_P}[EFQUTMB]\d{{2,3}}){_T}[CIA])\d{{1,2}}N?"),
        (r"EPM|EPF|EPC", rf"[A-Z]{{0,2}}{_P}[TQLFBRU]){_T}[CI])\d{{2,3}}\d?\d?N?"),
        # Microchip: PIC16F877-20 I/P; Atmel: ATMEGA128-16 A U R
        (
            r"PIC|DSPIC|MCP|24|25|93",
            rf"{_R}T)?(04|10|16|20|25|33|40)?{_T}[IEH])?{_P}SO|SP|SS|SN|ST|SM|SL|PT|PQ|PF|ML|MF|MM|MV|MC|MS|OT|TT|JW|P|L)",
        ),
        (r"AT(MEGA|TINY|XMEGA|90|89|91SAM)", rf"[A-Z]{{0,2}}\d{{0,2}}{_P}[AMPSXCJ]){_T}[UINCFQ]){_R}R)?"),
        # NXP: LPC1768 FBD100: F is the range of temperatures
        (r"LPC\d", rf"{_T}[FJ]){_P}(BD|ET|HN|BGA|HI|UK)\d{{2,3}})"),
        # ISSI: IS62WV102416 BLL -25 T L I; Winbond: W25Q64 F V SS I G
        (
            r"IS\d{2}",
            rf"[A-Z]{{1,3}}\d{{2,3}}{_P}[TBKMQUCHN])L?{_T}I|A[123])?{_R}TR)?",
        ),
        (r"W25", rf"[A-Z][VWL]{_P}SS|SF|SN|ZP|ZE|DA|TC|[SFPE]){_T}[IJE])[GQPM]{_R}TR)?"),
        # Micron: the device, its die revision, package, speed, temperature
        (r"CY7C", rf"[A-Z]{{0,2}}\d{{2,3}}{_P}[ABSZ][A-Z]{{0,2}}X?|[LPV]X?){_T}[CIAE]){_R}T)?"),
        # onsemi: NCP1117 DT 33 R2 G
        (
            r"NC[PVS]\d|MC\d|NUP|MBR",
            rf"[A-C]?{_P}DT|ST|SN|MN|MT|D2T|DW|DM|[DPNTB])\d{{0,3}}{_R}R2|RK|T[1345]|R4)?G",
        ),
    )
)

_BY_FIRST = {
    first: [
        grammar for grammar in _GRAMMARS if first in {choice[0] for choice in grammar[0].pattern.split("|")}
    ]
    for first in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
}
"""Grammars by the first character of the base parts that they may be for."""


@lru_cache(maxsize=1024)
def read_suffix(base: str, suffix: str) -> SuffixParts:
    """Package, temperature and reel of a suffix, given the base part before it, both as keys.

    All empty where no grammar of that family matches the whole suffix.
    """
    if not suffix:
        return UNREAD
    for family, grammar in _BY_FIRST.get(base[:1], ()):
        if family.match(base) and (match := grammar.fullmatch(suffix)):
            groups = match.groupdict()
            return SuffixParts(
                groups["package"] or "", groups.get("temperature") or "", groups.get("reel") or ""
            )
    return UNREAD
