"""What is true of the scenarios that come from Deep Faker and its documentation: see scenarios/*.yaml of these names."""
from collections import Counter
from decimal import Decimal

from flows_truth import cents, claim, seconds, span


class Ecommerce:
    makes = {'user_id': ['AccountCreated'], 'product_id': ['ProductListed'], 'cart_id': ['ProductAdded', 'again'], 'order_id': ['CheckoutStarted']}

    def __init__(self):
        self.price, self.sessions, self.carts, self.orders, self.texts = {}, {}, {}, {}, {}

    def see(self, e, kind):
        if 'user_id' in e and 'session_id' in e and kind not in ('Search', 'ErrorTriggered'):
            claim(self.sessions.get(e['user_id']) == e['session_id'], e, 'the session is that of the last search')
        if kind == 'ProductListed':
            self.price[e['product_id']] = (e['price'], e['name'])
            words = {'shoes': ('Shoes', 'Loafers'), 'jeans': ('Jeans',), 'dress': ('Dress',), 'jacket': ('Jacket',), 'shirt': ('Shirt',),
                'pants': ('Pants',)}
            claim(any(w in e['name'] for w in words[e['category']]), e, 'the article is of its category')
        elif kind == 'Search':
            self.sessions[e['user_id']] = e['session_id']
            claim(e['session_id'] == 'sess_' + e['session'], e, 'the session of the flow')
        elif kind == 'ProductClicked':
            claim(self.price[e['product_id']] == (e['price'], e['product_name']), e, 'price and name are those of the product')
        elif kind == 'ProductAdded':
            claim(self.price[e['product_id']][0] == e['unit_price'], e, 'the price is that of the product')
            cart = self.carts.setdefault(e['cart_id'], {'user': e['user_id'], 'total': Decimal(0), 'n': 0})
            claim(cart['user'] == e['user_id'], e, 'the cart is the user\'s own')
            cart['total'] += e['unit_price'] * e['quantity']
            cart['n'] += e['quantity']
            cart['last'] = [e['product_id'], e['quantity'], e['unit_price']]
        elif kind == 'ProductRemoved':
            cart = self.carts[e['cart_id']]
            claim(e['product_id'] == cart['last'][0] and 1 <= e['quantity_removed'] <= cart['last'][1], e, 'what is taken out was in')
            cart['last'][1] -= e['quantity_removed']
            cart['n'] -= e['quantity_removed']
            cart['total'] -= e['quantity_removed'] * cart['last'][2]
        elif kind == 'CheckoutStarted':
            cart = self.carts[e['cart_id']]
            claim(e['cart_total'] == cart['total'] and e['cart_size'] == cart['n'], e, f'the cart has {cart}')
            self.orders[e['order_id']] = dict(e, status='pending')
        elif kind == 'ShippingInfoAdded':
            self.orders[e['order_id']]['shipping_cost'] = e['shipping_cost']
        elif kind == 'OrderCompleted':
            o = self.orders[e['order_id']]
            claim(o['user_id'] == e['user_id'], e, 'the order is the user\'s own')
            claim(e['order_total'] == e['revenue'] + e['tax'] + e['shipping_cost'], e, 'the total adds up')
            claim(e['revenue'] == o['cart_total'] - e['discount_amount'], e, 'the revenue is the cart without the discount')
            claim(cents(e['discount_amount'], o['cart_total'] * Decimal('0.1') if o['coupon_code'] else 0, '0.005'), e, 'the discount is a tenth')
            claim(cents(e['tax'], e['revenue'] * Decimal('0.08'), '0.005'), e, 'the tax')
            claim(e['shipping_cost'] == o['shipping_cost'] and e['item_count'] == o['cart_size'], e, 'shipping and count are those said before')
            o['status'] = 'completed'
        elif kind in ('OrderEdited', 'OrderCancelled'):
            o = self.orders[e['order_id']]
            claim(o['status'] == 'completed' and o['user_id'] == e['user_id'], e, 'a completed order of the same user')
            if kind == 'OrderCancelled':
                o['status'] = 'cancelled'
        elif kind == 'ErrorTriggered':
            claim(self.texts.setdefault(e['error_code'], e['error_message']) == e['error_message'], e, 'one text for each code')

    def end(self, events):
        claim(sum(e['session'] == 'initial_setup' for e in events) == 33, None, '33 initial events')
        claim(set(self.texts) <= {'PAYMENT_FAILED', 'INVENTORY_ERROR', 'NETWORK_TIMEOUT', 'VALIDATION_ERROR'} and
              len(set(self.texts.values())) == len(self.texts),
              self.texts, 'four codes, each with its text')


class Trading:
    makes = {'symbol': ['StockListed'], 'trader_id': ['TraderRegistered'], 'order_id': ['MarketOrder']}

    def __init__(self):
        self.price, self.orders, self.traders = {}, {}, {}

    def see(self, e, kind):
        if kind == 'TraderRegistered':
            self.traders[e['trader_id']] = {'cash': e['initial_balance'], 'shares': 0, 'symbol': None, 'in': False, 'change': 0}
        elif kind == 'StockListed':
            self.price[e['symbol']] = e['initial_price']
        elif kind == 'PriceUpdate':
            claim(e['old_price'] == self.price[e['symbol']], e, 'the old price was the price')
            claim(cents(e['change_percent'], (e['new_price'] / e['old_price'] - 1) * 100, '0.0051'), e, 'the change is that of the prices')
            claim(abs(e['change_percent']) <= Decimal('15.2') and 5 <= e['new_price'] <= 1000, e, 'within 15 %, and within 5 and 1000')
            self.price[e['symbol']] = e['new_price']
        t = self.traders.get(e.get('trader_id'))
        if kind == 'TraderLoggedIn':
            claim(not t['in'], e, 'was logged in')
            t['in'] = True
        elif kind == 'MarketOrder':
            claim(t['in'] and t['symbol'] in (None, e['symbol']) and e['price'] == self.price[e['symbol']], e,
                  'logged in, the same share, at its price')
            t['symbol'] = e['symbol']
            self.orders[e['order_id']] = dict(e)
        elif kind == 'OrderFilled':
            o = self.orders.pop(e['order_id'])
            claim(o['status'] != 'CANCELLED' and o['session'] == e['session'] and o['symbol'] == e['symbol'] and o['quantity'] == e['quantity'], e,
                  f'fills {o}')
            claim(e['fill_price'] == self.price[e['symbol']] and e['total_amount'] == e['quantity'] * e['fill_price'], e, 'price and amount')
            sign = 1 if o['order_type'] == 'BUY' else -1
            t['change'] = sign * e['quantity']
            t['shares'] += t['change']
            t['cash'] -= sign * e['total_amount'] + e['commission']
        elif kind == 'PortfolioUpdate':
            claim((e['position_change'], e['new_position'], e['new_balance']) == (t['change'], t['shares'], t['cash']), e, f'the portfolio is {t}')

        elif kind == 'MarketAlert':
            claim(e['alert_type'] == 'NEWS' or e['symbol'] in e['message'], e, 'the message names the share')
            claim(e['alert_type'] != 'PRICE_TARGET' or str(self.price[e['symbol']]) in e['message'], e, 'and its price')

    def end(self, events):
        kinds = {e['event_type'] for e in events}
        claim({'TraderRegistered', 'StockListed', 'OrderFilled', 'PortfolioUpdate', 'MarketAlert'} <= kinds, kinds, 'all kinds are there')
        claim(sum(e['session'] == 'initial_setup' for e in events) == 40, None, '40 initial events')


class UserEvents:
    makes = {'user_id': ['UserRegistered']}

    def __init__(self):
        self.email, self.session, self.changes = {}, {}, Counter()

    def see(self, e, kind):
        u = e['user_id']
        if kind == 'UserRegistered':
            self.session[u] = e['session']
        else:
            claim(e['original_email'] == self.email[u] != e['email'], e, 'the address before this one')
            self.changes[u] += 1
            claim(self.changes[u] <= 3, e, 'not more than three changes')
        self.email[u] = e['email']

    def end(self, events):
        claim(max(self.changes.values()) == 3, None, 'somebody changes three times')


class UserPurchase:
    makes = {'user_id': ['UserRegistered'], 'product_id': ['ProductCreatedOrUpdated']}

    def __init__(self):
        self.price, self.stock, self.last = {}, {}, {}

    def see(self, e, kind):
        if kind == 'ProductCreatedOrUpdated':
            self.price[e['product_id']] = e['price']
        elif kind == 'ProductPurchased':
            claim(e['total_price'] == e['quantity'] * self.price[e['product_id']], e, 'the total is that of the price')
            claim(e['sys__ets'] - self.last.get(e['user_id'], 0) >= 15000, e, 'a purchase takes 15 s')
            self.last[e['user_id']] = e['sys__ets']

    def end(self, events):
        kinds = Counter(e['event_type'] for e in events)
        claim(kinds == {'UserRegistered': 5, 'ProductCreatedOrUpdated': 10, 'ProductPurchased': 20}, kinds, '15 initial events and 20 purchases')


class Quickstart:
    makes = {'user_id': ['UserLogin']}

    def see(self, e, kind):
        claim(len(e['user_id']) == 8 and e['platform'] in ('web', 'mobile', 'api'), e, 'its fields')

    def end(self, events):
        claim(len(events) == 365, len(events), '5 and 360 logins')


class PurchaseFunnel:
    makes = {'customer_id': ['CustomerRegistered'], 'order_id': ['OrderCompleted']}

    def __init__(self):
        self.seen = {}

    def see(self, e, kind):
        before = self.seen.get(e['session'])
        if kind == 'ProductAdded':
            claim((before['customer_id'], before['sku'], before['price']) == (e['customer_id'], e['sku'], e['price']), e,
                  f'what was looked at: {before}')
        elif kind == 'OrderCompleted':
            claim(before['sku'] == e['sku'] and e['order_total'] == before['price'] * before['quantity'], e, f'what was added: {before}')
        self.seen[e['session']] = e

    def end(self, events):
        kinds = Counter(e['event_type'] for e in events)
        claim(abs(kinds['ProductAdded'] / kinds['ProductViewed'] - 0.7) < 0.08, kinds, '30 % are lost at first')
        claim(abs(kinds['OrderCompleted'] / kinds['ProductAdded'] - 0.6) < 0.1, kinds, 'and 40 % then')


class Fulfilment:
    makes = {'customer_id': ['CustomerRegistered'], 'warehouse_id': ['WarehouseOpened'], 'order_id': ['OrderPlaced'], 'shipment_id': ['OrderShipped']}

    def __init__(self):
        self.order, self.busy, self.shipments = {}, {}, {}

    def see(self, e, kind):
        if kind == 'OrderPlaced':
            self.order[e['customer_id']] = e['order_id']
        elif kind == 'OrderShipped':
            claim(self.order.get(e['customer_id']) == e['order_id'], e, 'the order of the customer')
            claim(e['sys__ets'] - self.busy.get(e['warehouse_id'], -86400000) >= 86400000, e, 'the warehouse is free')
            self.busy[e['warehouse_id']] = e['sys__ets']
            self.shipments[e['shipment_id']] = e
        elif kind == 'OrderDelivered':
            s = self.shipments[e['shipment_id']]
            claim(s['order_id'] == e['order_id'] and e['sys__ets'] - s['sys__ets'] == 86400000, e, 'a day after it was sent')

    def end(self, events):
        kinds = Counter(e['event_type'] for e in events)
        claim(kinds['OrderDelivered'] > 0 and kinds['OrderPlaced'] > 50, kinds, 'some are sent and delivered')


class Loyalty:
    makes = {'customer_id': ['CustomerJoined']}

    def __init__(self):
        self.c = {}

    def see(self, e, kind):
        c = self.c.get(e['customer_id'])
        if kind == 'CustomerJoined':
            self.c[e['customer_id']] = {'last': e['last_purchase_date'], 'balance': e['account_balance'], 'spent': Decimal(0), 'n': 0,
                'points': 0, 'active': True, 'thanked': False}
        elif kind == 'PaymentProcessed':
            c['balance'] -= e['amount']
            c['spent'] += e['amount']
            c['n'] += 1
            c['points'] += 100
            c['last'], c['active'] = e['processed_at'], True
            claim(e['balance'] == c['balance'], e, f'the balance is {c}')
        elif kind == 'WinBackSent':
            claim(c['active'] and c['last'] == e['last_purchase_date'] and seconds(e['sent_at']) - seconds(c['last']) > 30 * 86400, e,
                  f'a month ago, and active: {c}')
            c['active'] = False
        elif kind == 'RewardGranted':
            claim(not c['thanked'] and c['spent'] > 1000 and c['n'] > 5 and (e['lifetime_value'], e['total_orders']) == (c['spent'], c['n']), e,
                  f'who bought much: {c}')
            claim(e['points'] == c['points'], e, f'points: {c}')
            c['thanked'] = True

    def end(self, events):
        kinds = Counter(e['event_type'] for e in events)
        claim(kinds['WinBackSent'] > 10 and kinds['RewardGranted'] > 10, kinds, 'some are asked back, some are thanked')


class LongWait:
    makes = {'flow_id': ['FlowStarted']}

    def __init__(self):
        self.begun = {}

    def see(self, e, kind):
        if kind == 'FlowStarted':
            self.begun[e['flow_id']] = e
        else:
            b = self.begun.pop(e['flow_id'])
            claim(e['sys__ets'] - b['sys__ets'] == 3600000 and e['started_at'] == b['started_at'], e, 'one hour, to the millisecond')

    def end(self, events):
        claim(len(events) == 1440 and not self.begun, len(events), '720 flows begin and end')


class GuidedShop:
    makes = {'user_id': ['AccountCreated'], 'product_id': ['ProductListed'], 'cart_id': ['ProductAdded'], 'order_id': ['OrderCompleted']}

    def __init__(self):
        self.added, self.logged_in = {}, set()

    def see(self, e, kind):
        if kind == 'UserLogin':
            self.logged_in.add(e['user_id'])
        elif kind == 'ProductAdded':
            claim(e['user_id'] in self.logged_in, e, 'logged in')
            self.added[e['cart_id']] = e
        elif kind == 'OrderCompleted':
            a = self.added[e['cart_id']]
            claim((a['user_id'], a['product_id'], a['price']) == (e['user_id'], e['product_id'], e['order_total']), e, f'what was added: {a}')
            claim(e['sys__ets'] - a['sys__ets'] == 60000, e, 'a minute later')

    def end(self, events):
        claim(any(e['event_type'] == 'OrderCompleted' for e in events), None, 'something is bought')


class DeviceOwner:
    makes = {'user_id': ['UserRegistered'], 'device_id': ['DeviceAdded']}
    names = {'owner_user_id': 'user_id'}

    def see(self, e, kind):
        if kind == 'DeviceAdded':
            self.n[e['owner_user_id']] += 1
            claim(self.by.setdefault(e['owner_user_id'], e['session']) == e['session'], e, 'all of one flow')

    def __init__(self):
        self.n, self.by = Counter(), {}

    def end(self, events):
        claim(set(self.n.values()) == {1, 2, 3}, self.n, 'one to three devices each')


class Onboarding:
    makes = {'user_id': ['SignedUp'], 'project_id': ['ProjectCreated']}

    def __init__(self):
        self.members, self.at, self.stage = Counter(), {}, {}

    def see(self, e, kind):
        u = e['user_id']
        if kind == 'SignedUp':
            self.at[u] = seconds(e['at'])
        elif kind == 'MemberInvited':
            self.members[u] += 1
        elif kind == 'Activated':
            claim(e['members'] == self.members[u] and abs(span(e['after']) - seconds(e['at']) + self.at[u]) < 1e-3, e, 'members and time')
        elif kind == 'FeatureUsed':
            claim(self.stage[u] == 'Activated', e, 'is active')
        if kind != 'FeatureUsed':
            self.stage[u] = kind

    def end(self, events):
        kinds = Counter(e['event_type'] for e in events)
        claim(kinds['Activated'] < kinds['ProjectCreated'] < kinds['EmailVerified'] < kinds['SignedUp'], kinds, 'each step loses some')
