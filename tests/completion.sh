#!/bin/sh
# What the program offers to shells, and what shells make of it.
# shellcheck source=tests/tap.sh
. "$(dirname "$0")/tap.sh"
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
PATH=$(dirname "$FLUXDECK"):$PATH
export PATH

# offers CLAIM EXPECTED WORD...: the candidates alone, with a blank between them.
offers() {
	claim=$1
	expected=$2
	shift 2
	found=$("$FLUXDECK" completion -- "$@" 2>err | cut -f1 | paste -sd ' ' -)
	[ "$found" = "$expected" ] && [ ! -s err ]
	claim $? "$claim"
	[ "$found" = "$expected" ] || echo "# $found"
}

cat >own.yaml <<'YAML'
params: {mean: 50}
outputs: {bin: {type: 'null'}}
modules:
  buyers: {generator: template}
  ticks: {generator: market}
events: {e: {fields: {id: "${uuid4}", total: "${mean * 2}"}}}
YAML
mkdir more

offers 'commands' 'console check completion' c
offers 'one command' 'version' v
[ "$("$FLUXDECK" completion -- v)" = "$(printf 'version\tSays which version this is, and what it was built with')" ]
claim $? 'its help is behind a tab'
offers 'shipped scenarios and files' 'weblog-common weblog :files .yaml' run we
offers 'what to check' 'demo device-owner devices :files .yaml' check d
offers 'and one more' ':files .yaml' check own.yaml ow
offers 'one scenario only' '' run demo ''
offers 'generators' 'market' run --generator m
offers 'generators behind =' '--generator=supermarket' run --generator=s
offers 'outputs' 'file' run --generator market --output f
offers 'the second of several outputs' 'stdout,null' console demo --output stdout,n
offers 'words of an option' '--ui=screen --ui=line' console --ui=
offers 'options without a command' '--variants' --va
offers 'a run without a command' '--variants' --module stock --vari
offers 'parameters of a generator' '--volatility --vol_of_vol --vol_half_life --volume_step' run --generator market --vol
offers 'parameters of an output' '--topic --topics' run --generator market --output stdout,kafka --topi
offers 'choices of a parameter' 'none gzip zstd lz4' run --generator market --output file --compress ''
offers 'parameters of one module' '--buyers.rate' run own.yaml --buyers.rat
offers 'parameters of the scenario' '--params.mean' run own.yaml --params.
offers 'paths of --set' 'ticks.volatility= ticks.vol_of_vol= ticks.vol_half_life= ticks.volume_step=' run own.yaml --set ticks.vol
offers 'and their values' 'ticks.on=true ticks.on=false' run own.yaml --set ticks.on=
offers 'a file that is missing offers what is always there' '--quiet' run missing.yaml --quie
offers 'values' 'iban' generate iba
offers 'parameters of a value' '--country' generate iban --co
offers 'modifiers, which every value takes' '--null_rate' generate iban --nul
offers 'choices of a modifier' 'lower' generate iban --case lo
offers 'also of another name of it' '--locale' generate internet.email --lo
offers 'switches of a value' '--no-special' generate password --no-spe
offers 'formats' '--format=text --format=json --format=csv --format=ndjson --format=pretty' generate iban --format=
offers 'the format of the value goes before' ':files' generate date_time --format=nd
offers 'an option waits for its value' 'de_DE' generate iban --country DE --locale de
offers 'a switch has none' '--seed' generate iban --gaps --see
offers 'what can be listed' 'values' list va
offers 'queries of values' 'iban' list values iba
offers 'nothing to ask of the others' '' list outputs ''
offers 'categories' 'Payment' list values --category Pay
offers 'shells' 'zsh' completion z
offers 'commands to be helped with' 'run' help r
offers 'no option behind --' ':files .yaml' check -- --he
offers 'nothing of an unknown command' '' rnu ''
! "$FLUXDECK" completion tcsh >out 2>err && [ ! -s out ] && grep -q 'for which shell' err
claim $? 'an unknown shell is refused'

# bash: words as its readline takes them apart.
bash_offers() {
	claim=$1
	expected=$2
	shift 2
	found=$(bash --norc -c 'compopt() { :; }; source <(fluxdeck completion bash); COMP_WORDS=(fluxdeck "$@"); COMP_CWORD=$#; _fluxdeck
		echo "${COMPREPLY[*]}"' bash "$@" 2>&1)
	[ "$found" = "$expected" ]
	claim $? "bash: $claim"
	[ "$found" = "$expected" ] || echo "# $found"
}
if command -v bash >/dev/null; then
	bash -n "$srcdir/completions/fluxdeck" && "$FLUXDECK" completion bash | cmp -s - "$srcdir/completions/fluxdeck"
	claim $? 'bash: the script is what is installed'
	bash_offers 'commands' 'console check completion' c
	bash_offers 'a word' 'json' generate email --format j
	bash_offers 'what follows =' 'text json csv ndjson pretty' generate email --format =
	bash_offers 'what follows = has begun' 'json' generate email --format = j
	bash_offers 'a word with blanks' 'Files\ and\ systems' list values --category Fil
	bash_offers 'files and folders' './own.yaml ./more' check ./
	bash_offers 'files beside scenarios' 'onboarding orders own.yaml' run o
else
	skip 'bash is not here'
fi
if command -v fish >/dev/null; then
	fish_offers() {
		found=$(HOME=$work fish --no-config -c "fluxdeck completion fish | source; complete -C '$3'" 2>&1 | cut -f1 | paste -sd ' ' -)
		[ "$found" = "$2" ]
		claim $? "fish: $1"
		[ "$found" = "$2" ] || echo "# $found"
	}
	fish_offers 'commands' 'check completion console' 'fluxdeck c'
	fish_offers 'parameters of a value' '--country' 'fluxdeck generate iban --co'
	fish_offers 'what follows =' '--format=json' 'fluxdeck generate iban --format=j'
	fish_offers 'files and folders' './more/ ./own.yaml' 'fluxdeck check ./'
else
	skip 'fish is not here'
fi
if command -v zsh >/dev/null; then
	zsh -n "$srcdir/completions/_fluxdeck"
	claim $? 'zsh: the script is sound'
	# A shell in a terminal of its own, in which Tab is pressed.
	cat >ask.zsh <<'ZSH'
zmodload zsh/zpty
zpty -b shell "env PS1='> ' TERM=dumb zsh -f"
zpty -w shell "fpath=($1 \$fpath); autoload -Uz compinit; compinit -u -D; setopt no_beep; bindkey '^I' complete-word; echo rea''dy"
zpty -r -m shell text '*ready*' || exit 1
zpty -w -n shell "$2"$'\t'
zpty -r -m shell text "*$3*" && echo found
zpty -d shell
ZSH
	zsh_completes() {
		[ "$(timeout 20 zsh -f ask.zsh "$srcdir/completions" "$2" "$3" 2>err)" = found ]
		claim $? "zsh: $1"
	}
	zsh_completes 'a command' 'fluxdeck gener' 'generate '
	zsh_completes 'a parameter of a value' 'fluxdeck generate iban --cou' '--country '
	zsh_completes 'what follows =' 'fluxdeck generate iban --format=nd' '--format=ndjson '
	zsh_completes 'a file' 'fluxdeck check ow' 'own.yaml '
else
	skip 'zsh is not here'
fi
echo "1..$n"
