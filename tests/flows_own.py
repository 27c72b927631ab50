"""What is true of the scenarios that are fluxdeck's own: shops, banks, games, fleets."""
from collections import Counter, defaultdict
from decimal import Decimal

from flows_truth import cents, claim, seconds, span


class SensorAlerts:
    makes = {'sensor_id': ['SensorInstalled'], 'alert_id': ['AlertRaised']}

    def __init__(self):
        self.value, self.open = {}, {}

    def see(self, e, kind):
        if kind == 'Reading':
            self.value[e['sensor_id']] = e['value']
        elif kind == 'AlertRaised':
            claim(e['value'] == self.value[e['sensor_id']] > e['limit'] and e['sensor_id'] not in self.open, e, 'beyond the limit')
            self.open[e['sensor_id']] = e['alert_id']
        elif kind == 'AlertCleared':
            claim(self.open.pop(e['sensor_id'], None) == e['alert_id'], e, 'the alert of the sensor')
            claim(e['cleared_by'] == 'technician' or e['value'] < 26, e, 'back within the limit')

    def end(self, events):
        claim(any(e['event_type'] == 'AlertCleared' for e in events), None, 'some alerts end')


class Lending:
    makes = {'borrower_id': ['BorrowerRegistered'], 'loan_id': ['LoanApplied']}

    def __init__(self):
        self.people, self.loans = {}, {}

    def see(self, e, kind):
        loan = self.loans.get(e.get('loan_id'))
        if kind == 'BorrowerRegistered':
            self.people[e['borrower_id']] = e
        elif kind == 'LoanApplied':
            self.loans[e['loan_id']] = dict(e, paid=0, missed=0)
        elif kind == 'LoanRefused':
            who = self.people[loan['borrower_id']]
            claim(who['score'] < 620 if 'score' in e['reason'] else loan['principal'] > 4 * who['income'], e, f'the reason is true: {who}')
        elif kind == 'LoanApproved':
            claim(e['total'] == e['instalment'] * loan['instalments'], e, 'the instalments are the total')
            loan.update(instalment=e['instalment'], outstanding=e['total'])
        elif kind == 'InstalmentPaid':
            loan['outstanding'] -= e['amount']
            loan['paid'] += 1
            claim((e['amount'], e['number'], e['outstanding']) == (loan['instalment'], loan['paid'], loan['outstanding']), e, f'the loan is {loan}')
        elif kind == 'InstalmentMissed':
            loan['missed'] += 1
            claim(e['missed'] == loan['missed'], e, f'the loan is {loan}')
        elif kind == 'LoanRepaid':
            claim(loan['outstanding'] == 0 and e['instalments'] == loan['paid'] == loan['instalments'], e, f'nothing is left: {loan}')
        elif kind == 'LoanDefaulted':
            claim(loan['missed'] >= 3 and e['outstanding'] == loan['outstanding'], e, f'three were missed: {loan}')

    def end(self, events):
        kinds = Counter(e['event_type'] for e in events)
        claim(len(kinds) == 8, kinds, 'all kinds are there')


class MarketingFunnel:
    makes = {'campaign_id': ['CampaignStarted'], 'visitor_id': ['AdShown'], 'user_id': ['LeadCaptured'], 'mail_id': ['MailSent']}

    def __init__(self):
        self.mails, self.gone, self.email = Counter(), set(), {}

    def see(self, e, kind):
        if kind == 'LeadCaptured':
            self.email[e['user_id']] = e['email']
        elif kind == 'MailSent':
            self.mails[e['user_id']] += 1
            claim(e['user_id'] not in self.gone and e['number'] == self.mails[e['user_id']] and e['email'] == self.email[e['user_id']], e,
                  'the next mail')
        elif kind == 'Unsubscribed':
            self.gone.add(e['user_id'])
            claim(e['mails'] == self.mails[e['user_id']], e, 'so many mails')

    def end(self, events):
        claim(len({e['event_type'] for e in events}) == 8, None, 'all kinds are there')


class Shop:
    makes = {'sku': ['product_listed'], 'customer_id': ['customer_registered'], 'cart_id': ['cart_opened'], 'line_id': ['line_added'],
        'order_id': ['order_placed'],
             'payment_id': ['payment_captured'], 'return_id': ['line_returned']}

    def __init__(self):
        self.stock, self.price, self.carts, self.orders, self.lines, self.texts = {}, {}, defaultdict(list), {}, {}, {}
        self.reviews = defaultdict(set)

    def put_back(self, cart):
        for line in self.carts[cart]:
            self.stock[line['sku']] += line['quantity']

    def step(self, e, was, now):
        o = self.orders[e['order_id']]
        claim(o['status'] in was and o['customer_id'] == e['customer_id'], e, f'the order is {o}')
        o['status'] = now
        return o

    def see(self, e, kind):
        if kind == 'product_listed':
            self.stock[e['sku']], self.price[e['sku']] = e['stock'], e['price']
        elif kind == 'product_viewed':
            claim(e['price'] == self.price[e['sku']], e, 'the price is that of the product')
        elif kind == 'line_added':
            self.stock[e['sku']] -= e['quantity']
            claim(e['stock_left'] == self.stock[e['sku']] >= 0 and e['price'] == self.price[e['sku']] and
                  e['amount'] == e['price'] * e['quantity'], e,
                  f'price, amount and stock {self.stock[e["sku"]]}')
            self.carts[e['cart_id']].append(e)
            self.lines[e['line_id']] = e
        elif kind == 'cart_abandoned':
            claim((e['lines'], e['total']) == (len(self.carts[e['cart_id']]), sum(l['amount'] for l in self.carts[e['cart_id']])), e,
                  'what was in it')
            self.put_back(e['cart_id'])
        elif kind == 'order_placed':
            lines = self.carts[e['cart_id']]
            claim(e['lines'] == len(lines) and e['goods'] == sum(l['amount'] for l in lines), e, f'the sum of its lines {lines}')
            claim(e['total'] == e['goods'] - e['discount'] + e['shipping'] and (e['discount'] > 0) == (e['coupon'] is not None), e,
                  'the total adds up')
            self.orders[e['order_id']] = dict(e, status='placed')
        elif kind == 'payment_captured':
            claim(e['amount'] == self.step(e, ['placed'], 'paid')['total'], e, 'the amount is the total')
        elif kind == 'payment_declined':
            claim(e['amount'] == self.step(e, ['placed'], 'declined')['total'], e, 'the amount is the total')
            claim(self.texts.setdefault(e['code'], e['reason']) == e['reason'], e, 'one reason for each code')
        elif kind == 'order_cancelled':
            self.put_back(self.step(e, ['declined'], 'cancelled')['cart_id'])
        elif kind == 'order_packed':
            claim(e['lines'] == self.step(e, ['paid'], 'packed')['lines'], e, 'all lines')
        elif kind == 'order_shipped':
            self.step(e, ['packed'], 'sent')['tracking'] = e['tracking']
        elif kind == 'order_delivered':
            o = self.step(e, ['sent'], 'delivered')
            claim(o['tracking'] == e['tracking'] and abs(span(e['after']) - seconds(e['at']) + seconds(o['at'])) < 1e-3, e, 'the same parcel')
        elif kind == 'line_returned':
            o, line = self.step(e, ['delivered'], 'returned'), self.lines[e['line_id']]
            claim((line['cart_id'], line['sku'], line['quantity'], line['amount']) == (o['cart_id'], e['sku'], e['quantity'], e['refund']), e,
                  f'the line {line}')
            self.stock[e['sku']] += e['quantity']
        elif kind == 'stock_received':
            self.stock[e['sku']] += e['quantity']
            claim(e['stock'] == self.stock[e['sku']], e, f'the stock is {self.stock[e["sku"]]}')
        elif kind == 'review_written':
            o = self.step(e, ['delivered', 'returned'], self.orders[e['order_id']]['status'])
            claim(e['sku'] in [l['sku'] for l in self.carts[o['cart_id']]], e, 'what was bought')
            self.reviews[e['text']].add(e['stars'] // 3 if e['stars'] < 5 else 1)

    def end(self, events):
        claim(all(len(kinds) == 1 for kinds in self.reviews.values()), self.reviews, 'a text is of good stars or of bad ones')
        claim(len({e['event_type'] for e in events}) == 16, None, 'all kinds are there')


class Exchange:
    makes = {'symbol': ['instrument_listed'], 'trader_id': ['trader_joined'], 'order_id': ['order_placed'], 'fill_id': ['order_filled'],
             'position_id': ['position_opened'], 'alert_id': ['alert_set']}

    def __init__(self):
        self.last, self.halted, self.cash, self.orders, self.positions, self.alerts = {}, set(), {}, {}, Counter(), {}
        self.change, self.cost = Counter(), defaultdict(Decimal)

    def see(self, e, kind):
        o = self.orders.get(e.get('order_id'))
        if kind == 'instrument_listed':
            self.last[e['symbol']] = e['price']
        elif kind == 'trader_joined':
            self.cash[e['trader_id']] = e['cash']
        elif kind == 'price_changed':
            claim(e['symbol'] not in self.halted and e['old_price'] == self.last[e['symbol']], e, 'trades, and was at the old price')
            claim(cents(e['change_bps'], (e['price'] / e['old_price'] - 1) * 10000, '0.051'), e, 'the change is that of the prices')
            self.last[e['symbol']] = e['price']
        elif kind == 'trading_halted':
            moved = e['price'] / e['reference'] - 1
            claim(abs(moved) > Decimal('0.04') and e['price'] == self.last[e['symbol']], e, 'moved far')
            claim(cents(e['moved_percent'], 100 * moved, '0.0051'), e, 'so far')
            self.halted.add(e['symbol'])
        elif kind == 'trading_resumed':
            self.halted.remove(e['symbol'])
            claim(e['reference'] == self.last[e['symbol']], e, 'from here on it counts')
        elif kind == 'order_placed':
            claim(e['symbol'] not in self.halted and e['quantity'] >= 1 and e['limit_price'] in (None, self.last[e['symbol']]), e, 'trades')
            claim(e['side'] == 'buy' or e['quantity'] <= self.positions[e['trader_id'], e['symbol']], e, 'sells what is there')
            self.orders[e['order_id']] = dict(e, left=e['quantity'], done=0)
        elif kind == 'order_filled':
            o['left'] -= e['quantity']
            sign = 1 if e['side'] == 'buy' else -1
            self.positions[e['trader_id'], e['symbol']] += sign * e['quantity']
            self.cash[e['trader_id']] -= sign * e['amount'] + e['fee']
            self.cost[e['trader_id'], e['symbol']] += sign * e['amount']
            self.change[e['session']] += sign * e['quantity']
            claim((o['left'], o['side'], o['symbol'], o['trader_id']) == (e['remaining'], e['side'], e['symbol'], e['trader_id']) and
                  o['left'] >= 0, e, f'of {o}')
            claim(e['amount'] == e['quantity'] * e['price'] and e['price'] == (o['limit_price'] or self.last[e['symbol']]), e, 'amount and price')
        elif kind == 'order_cancelled':
            claim((e['filled'], e['remaining']) == (o['quantity'] - o['left'], o['left']) and o['left'] > 0, e, f'what is left of {o}')
        elif kind == 'position_changed':
            claim(e['change'] == self.change[e['session']], e, 'its fills')
            claim(e['cost'] == self.cost[e['trader_id'], e['symbol']], e, 'what they cost')
            claim((e['quantity'], e['cash']) == (self.positions[e['trader_id'], e['symbol']], self.cash[e['trader_id']]), e,
                  f'the sum of its fills {self.positions[e["trader_id"], e["symbol"]]} and cash {self.cash[e["trader_id"]]}')
        elif kind == 'alert_set':
            self.alerts[e['alert_id']] = e
            near = Decimal('1.004' if e['direction'] == 'above' else '0.996')
            claim(cents(e['target'], self.last[e['symbol']] * near, '0.0051'), e, 'near the price')
        elif kind == 'alert_fired':
            a = self.alerts.pop(e['alert_id'])
            reached = e['price'] >= e['target'] if a['direction'] == 'above' else e['price'] <= e['target']
            claim((e['direction'], e['target']) == (a['direction'], a['target']), e, f'of {a}')
            claim(e['price'] == self.last[e['symbol']] and reached, e, 'at its price')

    def end(self, events):
        claim(len({e['event_type'] for e in events}) == 12, None, 'all kinds are there')


class Saas:
    makes = {'account_id': ['account_created'], 'seat_id': ['seat_added'], 'invoice_id': ['invoice_issued'], 'service': ['service_started'],
             'incident_id': ['incident_opened'], 'session_id': ['session_started']}

    def __init__(self):
        self.a, self.invoices, self.began, self.incidents = {}, {}, {}, {}

    def see(self, e, kind):
        a = self.a.get(e.get('account_id'))
        i = self.invoices.get(e.get('invoice_id'))
        if kind == 'account_created':
            self.a[e['account_id']] = {'status': 'trial', 'seats': 0, 'price': e['seat_price'], 'plan': e['plan'], 'ends': seconds(e['trial_ends'])}
        elif kind == 'seat_added':
            a['seats'] += 1
            claim(e['seats'] == a['seats'] and a['status'] in ('trial', 'active'), e, f'the account is {a}')
        elif kind in ('trial_converted', 'trial_expired'):
            claim(a['status'] == 'trial' and seconds(e['at']) >= a['ends'], e, f'the trial is over: {a}')
            claim(kind == 'trial_expired' or (e['seats'], e['mrr']) == (a['seats'], a['seats'] * a['price']), e, f'the account is {a}')
            a['status'] = 'active' if kind == 'trial_converted' else 'gone'
        elif kind == 'plan_changed':
            claim(e['from'] == a['plan'] != e['to'] and e['mrr'] == a['seats'] * e['seat_price'], e, f'the account is {a}')
            a['plan'], a['price'] = e['to'], e['seat_price']
        elif kind == 'invoice_issued':
            claim((e['seats'], e['seat_price']) == (a['seats'], a['price']) and e['net'] == e['seats'] * e['seat_price'] and
                  e['total'] == e['net'] + e['tax'], e, f'of {a}')
            self.invoices[e['invoice_id']] = dict(e, attempts=0)
        elif kind in ('invoice_paid', 'payment_failed'):
            i['attempts'] += 1
            claim((e['amount'], e['attempt']) == (i['total'], i['attempts']), e, f'of {i}')
        elif kind == 'account_churned':
            claim(a['status'] == 'active' and e['seats'] == a['seats'], e, f'the account is {a}')
            a['status'] = 'gone'
        elif kind == 'session_started':
            self.began[e['session_id']] = e
        elif kind in ('feature_used', 'session_ended'):
            b = self.began[e['session_id']]
            claim(b['seat_id'] == e['seat_id'], e, f'of {b}')
            claim(kind == 'feature_used' or abs(span(e['lasted']) - seconds(e['at']) + seconds(b['at'])) < 1e-3, e, f'of {b}')
        elif kind == 'incident_opened':
            claim(e['service'] in e['summary'], e, 'the text names the service')
            self.incidents[e['incident_id']] = e
        elif kind == 'incident_resolved':
            b = self.incidents.pop(e['incident_id'])
            claim(b['service'] == e['service'] and abs(span(e['after']) - seconds(e['at']) + seconds(b['at'])) < 1e-3, e, f'of {b}')

    def end(self, events):
        claim(len({e['event_type'] for e in events}) == 16, None, 'all kinds are there')


class Fleet:
    makes = {'vehicle': ['vehicle_added'], 'driver': ['driver_hired'], 'trip': ['trip_started']}

    def __init__(self):
        self.v, self.trips, self.on_road, self.texts = {}, {}, set(), {}

    def see(self, e, kind):
        v = self.v.get(e.get('vehicle'))
        t = self.trips.get(e.get('trip'))
        if kind == 'vehicle_added':
            self.v[e['vehicle']] = dict(e, broken=None, trip=None)
        elif kind == 'trip_started':
            claim(e['driver'] not in self.on_road and not v['trip'] and not v['broken'] and e['odometer'] == v['odometer'], e,
                  f'driver and vehicle are free: {v}')
            self.on_road.add(e['driver'])
            v['trip'] = e['trip']
            self.trips[e['trip']] = dict(e, done=0)
        elif kind == 'position':
            claim(v['trip'] and e['odometer'] == v['odometer'] + e['km'] and cents(e['km'], e['speed'] / 60, '0.0051') and
                  e['fuel'] <= v['fuel'], e, f'follows from {v}')
            moved = ((float(e['lat'] - v['lat']) * 111.2) ** 2 + (float(e['lon'] - v['lon']) * 67.7) ** 2) ** 0.5
            claim(abs(moved - float(e['km'])) < 0.01, e, f'moved {moved} km')
            v.update(lat=e['lat'], lon=e['lon'], fuel=e['fuel'], odometer=e['odometer'])
        elif kind == 'stop':
            t['done'] += 1
            claim(e['number'] == t['done'] <= t['stops'] and t['vehicle'] == e['vehicle'], e, f'of {t}')
        elif kind == 'trip_ended':
            claim(e['km'] == v['odometer'] - t['odometer'] and e['stops'] == t['done'] and e['driver'] == t['driver'], e, f'of {t} with {v}')
            claim(e['outcome'] == ('done' if t['done'] == t['stops'] else 'broke down'), e, f'of {t}')
            claim(abs(span(e['lasted']) - seconds(e['at']) + seconds(t['at'])) < 1e-3, e, f'of {t}')
            self.on_road.remove(e['driver'])
            v['trip'] = None
        elif kind == 'fuel_bought':
            claim(not v['trip'] and cents(e['litres'], (100 - v['fuel']) * Decimal('2.4'), '0.051') and
                  cents(e['amount'], e['litres'] * e['price'], '0.0051'), e, 'its sum')
            claim(e['odometer'] == v['odometer'], e, f'of {v}')
            v['fuel'] = 100
        elif kind == 'fault':
            claim((e['vin'], e['plate'], e['odometer']) == (v['vin'], v['plate'], v['odometer']), e, 'of that vehicle')
            claim(self.texts.setdefault(e['code'], e['text']) == e['text'], e, 'one text for each code')
            claim(e['severe'] == (e['code'] in ('P0301', 'U0100')), e, 'severe or not')
            v['broken'], v['since'] = e['code'], seconds(e['at'])
        elif kind == 'repaired':
            claim(e['code'] == v['broken'] and not v['trip'], e, f'what was broken of {v}')
            claim(abs(span(e['after']) - seconds(e['at']) + v['since']) < 1e-3, e, 'since it broke')
            v['broken'] = None

    def end(self, events):
        claim(len({e['event_type'] for e in events}) == 9, None, 'all kinds are there')


class Game:
    makes = {'player_id': ['player_registered'], 'match_id': ['match_started']}
    names = {f: 'player_id' for f in ('red', 'blue', 'winner', 'loser', 'by')}

    def __init__(self):
        self.p, self.m = {}, {}

    def see(self, e, kind):
        p = self.p.get(e.get('player_id'))
        m = self.m.get(e.get('match_id'))
        if kind == 'player_registered':
            self.p[e['player_id']] = {'on': False, 'rating': 1000, 'level': 1, 'xp': 0, 'coins': 100, 'reports': 0, 'banned': False, 'match': None}
        elif kind == 'session_started':
            claim(not p['on'] and not p['banned'] and (e['level'], e['rating']) == (p['level'], p['rating']), e, f'the player is {p}')
            p['on'] = True
        elif kind == 'session_ended':
            claim(p['on'] and not p['match'], e, f'the player is {p}')
            p['on'] = False
        elif kind == 'match_started':
            for side in ('red', 'blue'):
                q = self.p[e[side]]
                claim(q['on'] and not q['match'] and e[side + '_rating'] == q['rating'], e, f'{side} is {q}')
                q['match'] = e['match_id']
            claim(e['red'] != e['blue'] and abs(e['red_rating'] - e['blue_rating']) < 200, e, 'two of like rating')
            self.m[e['match_id']] = {'red': e['red'], 'blue': e['blue'], 'score': Counter()}
        elif kind == 'round_won':
            m['score'][e['side']] += 1
            claim(e['winner'] == m[e['side']] and e['round'] == sum(m['score'].values()) and max(m['score'].values()) <= 3, e, f'of {m}')
        elif kind == 'match_ended':
            side = 'red' if m['score']['red'] == 3 else 'blue'
            other = 'blue' if side == 'red' else 'red'
            claim((e['winner'], e['loser'], e['score']) == (m[side], m[other], f'3:{m["score"][other]}'), e, f'of {m}')
            for who, sign, xp in ((e['winner'], 1, 100), (e['loser'], -1, 40)):
                q = self.p[who]
                q['rating'] += sign * e['rating_change']
                q['xp'] += xp
                q['match'] = None
        elif kind == 'level_up':
            p['level'] += 1
            p['coins'] += e['coins']
            claim((e['level'], e['xp']) == (p['level'], p['xp']) and p['xp'] >= (p['level'] - 1) * 200, e, f'the player is {p}')
        elif kind == 'coins_bought':
            claim((e['coins'], e['price']) in ((500, Decimal('4.99')), (1200, Decimal('9.99')), (6500, Decimal('49.99'))), e, 'what the pack costs')
            p['coins'] += e['coins']
        elif kind == 'item_bought':
            p['coins'] -= e['coins']
            claim(e['coins_left'] == p['coins'] >= 0, e, f'the player is {p}')
        elif kind == 'player_reported':
            p['reports'] += 1
            claim({e['player_id'], e['by']} == {m['red'], m['blue']} and e['reports'] == p['reports'], e, f'of {m}')
        elif kind == 'player_banned':
            claim(e['reports'] == p['reports'] >= 3, e, f'the player is {p}')
            p['banned'], p['on'] = True, False
        elif kind == 'player_unbanned':
            claim(p['banned'], e, f'the player is {p}')
            p['banned'], p['reports'] = False, 0

    def end(self, events):
        claim(len({e['event_type'] for e in events}) == 12, None, 'all kinds are there')


class Bank:
    makes = {'merchant_id': ['merchant_registered'], 'customer_id': ['customer_joined'], 'account_id': ['account_opened'], 'card_id': ['card_issued'],
             'payment_id': ['payment_authorized'], 'transfer_id': ['transfer_sent'], 'alert_id': ['fraud_alert']}
    names = {'to_account': 'account_id', 'from_account': 'account_id'}

    def __init__(self):
        self.balance, self.cards, self.payments, self.bursts, self.settled, self.sent = {}, {}, {}, defaultdict(list), set(), {}
        self.mcc, self.categories = {}, {}

    def move(self, e, by):
        self.balance[e['account_id']] += by
        claim(self.balance[e['account_id']] == e['balance'] >= 0, e, f'the balance is {self.balance[e["account_id"]]}')

    def see(self, e, kind):
        if kind == 'merchant_registered':
            self.mcc[e['merchant_id']] = e['mcc']
            claim(self.categories.setdefault(e['mcc'], e['category']) == e['category'], e, 'one category for each code')
        elif kind == 'account_opened':
            self.balance[e['account_id']] = e['balance']
        elif kind == 'card_issued':
            self.cards[e['card_id']] = {'account': e['account_id'], 'blocked': False}
        elif kind == 'payment_authorized':
            c = self.cards[e['card_id']]
            claim(not c['blocked'] and c['account'] == e['account_id'], e, f'a good card of the account: {c}')
            claim(e['mcc'] == self.mcc[e['merchant_id']], e, 'the code of the merchant')
            self.move(e, -e['amount'])
            self.payments[e['payment_id']] = e
            self.bursts[e['session']].append(e)
        elif kind == 'payment_declined':
            claim(e['amount'] > self.balance[e['account_id']], e, 'there is less')
        elif kind == 'payment_settled':
            claim(e['amount'] == self.payments[e['payment_id']]['amount'] and e['payment_id'] not in self.settled, e, 'once, the same amount')
            self.settled.add(e['payment_id'])
        elif kind == 'salary_paid':
            self.move(e, e['amount'])
        elif kind == 'transfer_sent':
            self.move(e, -e['amount'])
            self.sent[e['transfer_id']] = e
        elif kind == 'transfer_received':
            s = self.sent.pop(e['transfer_id'])
            claim((s['amount'], s['account_id'], s['to_account']) == (e['amount'], e['from_account'], e['account_id']) and
                  s['account_id'] != e['account_id'], e, f'of {s}')
            self.move(e, e['amount'])
        elif kind in ('fraud_alert', 'refund_paid'):
            burst = self.bursts[e['session']]
            claim(e['amount'] == sum(p['amount'] for p in burst), e, f'the sum of {burst}')
            if kind == 'refund_paid':
                self.move(e, e['amount'])
            else:
                claim(e['payments'] == len(burst) and burst[-1]['country'] != 'US' and all(p['country'] == 'US' and
                      p['amount'] <= 4 for p in burst[:-1]), e, f'of {burst}')
        elif kind == 'card_blocked':
            self.cards[e['card_id']]['blocked'] = True

    def end(self, events):
        claim(len({e['event_type'] for e in events}) == 13, None, 'all kinds are there')
