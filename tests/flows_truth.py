"""How a truth about events is claimed, and what texts of moments and durations mean."""
import json
from datetime import datetime
from decimal import Decimal

wrong = []


def claim(true, e, what):
    if not true:
        wrong.append(f'{what}: {json.dumps(e, default=str)[:400]}')


def cents(x, y, slack='0.000001'):
    return abs(Decimal(x) - Decimal(y)) <= Decimal(slack)


def seconds(text):
    whole, _, part = text.rstrip('Z').partition('.')
    return datetime.fromisoformat(whole).timestamp() + float('0.' + (part or '0'))


def span(text):
    """1m3s50ms as seconds"""
    units = {'w': 604800, 'd': 86400, 'h': 3600, 'm': 60, 's': 1, 'ms': 1e-3, 'us': 1e-6, 'ns': 1e-9}
    total, number, unit = 0.0, '', ''
    for c in text + '0':
        if c.isdigit() or c == '.':
            if unit:
                total += float(number) * units[unit]
                number = unit = ''
            number += c
        else:
            unit += c
    return total
