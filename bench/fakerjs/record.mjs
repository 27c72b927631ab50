// The record of bench_values.c made by @faker-js/faker: `node record.mjs SECONDS` prints one line of JSON.
import { faker } from '@faker-js/faker';

const size = 262144;
const buffer = Buffer.allocUnsafe(size);
let at = 0, bytes = 0, fold = 0;

function make() {
	const text = JSON.stringify({
		id: faker.string.uuid(),
		name: faker.person.fullName(),
		email: faker.internet.email(),
		quantity: faker.number.int({ min: 0, max: 9999 }),
		amount: faker.number.float({ min: 0, max: 1000, fractionDigits: 2 }),
		address: faker.location.streetAddress(),
		note: faker.lorem.sentence({ min: 6, max: 12 }),
		card: faker.finance.creditCardNumber(),
		ip: faker.internet.ipv4(),
		at: faker.date.past({ years: 30, refDate: '2024-01-01T00:00:00Z' }).toISOString(),
	});

	if (at + 4096 > size) {
		for (let i = 0; i + 4 <= at; i += 4)
			fold = (fold + buffer.readInt32LE(i)) | 0;
		bytes += at;
		at = 0;
	}
	at += buffer.write(text, at, 'utf8');
	buffer[at++] = 10;
}

faker.seed(1);
const seconds = Number(process.argv[2] ?? 2);
const clock = () => { const c = process.cpuUsage(); return (c.user + c.system) / 1e6; };
for (const start = clock(); clock() - start < seconds / 2;)
	for (let i = 0; i < 500; i++)
		make();
bytes = -at;
let n = 0;
const start = clock();
while (clock() - start < seconds) {
	for (let i = 0; i < 500; i++)
		make();
	n += 500;
}
const used = clock() - start;
console.log(JSON.stringify({ ns: used / n * 1e9, bytes: (bytes + at) / n, fold, node: process.version }));
