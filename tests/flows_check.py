#!/usr/bin/env python3
"""What is true of the lines of a shipped scenario of flows.

flows_check.py SCENARIO FILE          every line, every reference, every sum
flows_check.py --means DUMP:FILE...   ecommerce over many seeds: flow starts (of run --dump) and events against the means that are expected

Says what is wrong, and ends with status 1 then.
"""
import csv
import json
import sys
from collections import Counter, defaultdict
from decimal import Decimal

from flows_known import (Ecommerce, Trading, UserEvents, UserPurchase, Quickstart, PurchaseFunnel,
                         Fulfilment, Loyalty, LongWait, GuidedShop, DeviceOwner, Onboarding)
from flows_own import SensorAlerts, Lending, MarketingFunnel, Shop, Exchange, Saas, Fleet, Game, Bank
from flows_truth import claim, seconds, wrong


def read(path):
    """The events, in order; their times must not go back."""
    events, last, ids = [], 0, set()
    with open(path, encoding='utf-8') as f:
        for line in f:
            e = json.loads(line, parse_float=Decimal)
            claim(e['sys__ets'] >= last, e, 'goes back in time')
            claim(e['sys__eid'] not in ids, e, 'its id was there before')
            ids.add(e['sys__eid'])
            last = e['sys__ets']
            e['session'] = e['sys__sid']
            events.append(e)
    claim(events, None, 'there are events')
    return events


def references(events, makes, names):
    """makes: key field to the events that create it; names: other fields that hold such a key."""
    known = defaultdict(set)
    for e in events:
        kind = e['event_type']
        for field, value in e.items():
            key = names.get(f'{kind}.{field}', names.get(field, field))
            if key not in makes or value is None:
                continue
            if kind == makes[key][0] and field == key:
                claim(value not in known[key] or len(makes[key]) > 1, e, f'{field} was made before')
                known[key].add(value)
            else:
                claim(value in known[key], e, f'{field} names nothing that was made before')


# Fields of other moments than that of the event.
other_moments = {'FlowContinued.started_at', 'CustomerJoined.joined_at'}


def moments(events):
    """What an event says about when it happens is when it happens."""
    for e in events:
        for field, value in e.items():
            if (field == 'at' or field.endswith(('_at', '_timestamp', '_time')) or field in ('registration_date', 'order_date')) and \
                    f'{e["event_type"]}.{field}' not in other_moments:
                claim(abs(int(seconds(value) * 1000000) - e['sys__ets'] * 1000) < 1001, e, f'{field} is when it happened')


scenarios = {'ecommerce': Ecommerce, 'trading': Trading, 'user-events': UserEvents, 'user-purchase': UserPurchase, 'quickstart': Quickstart,
             'purchase-funnel': PurchaseFunnel, 'fulfilment': Fulfilment, 'loyalty': Loyalty, 'long-wait': LongWait, 'guided-shop': GuidedShop,
             'device-owner': DeviceOwner, 'onboarding': Onboarding, 'sensor-alerts': SensorAlerts, 'lending': Lending,
                 'marketing-funnel': MarketingFunnel,
             'shop': Shop, 'exchange': Exchange, 'saas': Saas, 'fleet': Fleet, 'game': Game, 'bank': Bank}

# Mean of 30 seeds, and how far from it one may be.
flow_means = {'product_browsing_flow': (150.5, 7.6), 'new_product_browsing_flow': (118.5, 7.9), 'add_to_cart_flow': (112.7, 7.6),
    'checkout_flow': (72.0, 4.7),
              'user_login_and_search': (63.1, 4.2), 'new_user_registration': (38.8, 4.2), 'error_flow': (30.1, 3.7),
                  'order_management_flow': (14.2, 3.4)}
event_means = {'ProductClicked': (261.3, 13.1), 'ProductDetailsViewed': (183.4, 9.2), 'ProductAdded': (112.7, 7.6), 'CheckoutStarted': (72.0, 4.7),
               'Search': (63.1, 4.2), 'ShippingInfoAdded': (42.9, 3.8), 'AccountCreated': (38.8, 4.2), 'ErrorTriggered': (30.1, 3.7),
               'PaymentInfoAdded': (29.9, 3.6), 'OrderCompleted': (24.2, 3.3), 'OrderEdited': (9.6, 2.9), 'OrderCancelled': (4.5, 1.8)}
same = {'ProductAdded': 'add_to_cart_flow', 'CheckoutStarted': 'checkout_flow', 'Search': 'user_login_and_search',
    'AccountCreated': 'new_user_registration',
        'ErrorTriggered': 'error_flow'}


def check(name, path):
    events, s = read(path), scenarios[name]()
    references(events, s.makes, getattr(s, 'names', {}))
    moments(events)
    for e in events:
        if not wrong:
            s.see(e, e['event_type'])
    s.end(events)
    print(f'# {name}: {len(events)} events, {len({e["event_type"] for e in events})} kinds')


def means(pairs):
    flows, kinds, table = Counter(), Counter(), []
    for pair in pairs:
        dump, path = pair.split(':')
        with open(dump, encoding='utf-8') as f:
            starts = {row['flow']: int(row['launched']) for row in csv.DictReader(f)}
        made = Counter(e['event_type'] for e in read(path) if e['session'] != 'initial_setup')
        claim(sum(starts.values()) == 600, starts, f'{path}: 300 steps of 2 launches')
        for event, flow in same.items():
            claim(made[event] == starts[flow], starts, f'{path}: one {event} for each {flow}')
        claim(made['OrderEdited'] + made['OrderCancelled'] == starts['order_management_flow'], starts,
              f'{path}: one event for each order_management_flow')
        flows.update(starts)
        kinds.update(made)
    for counts, expected in ((flows, flow_means), (kinds, event_means)):
        for what, (mean, limit) in expected.items():
            is_ = counts[what] / len(pairs)
            table.append(f'# {what:26} {is_:7.1f}  {mean:7.1f} +- {limit}')
            claim(abs(is_ - mean) <= limit, None, f'{what}: the mean is {is_:.1f}, not within {limit} of {mean}')
    print('\n'.join(table))


if sys.argv[1] == '--means':
    means(sys.argv[2:])
else:
    check(sys.argv[1], sys.argv[2])
for line in wrong[:5]:
    print('# wrong:', line)
sys.exit(bool(wrong))
