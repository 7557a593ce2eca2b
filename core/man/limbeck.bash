# SPDX-License-Identifier: BSD-2-Clause
# Completion of limbeck's command lines in bash. What there is to complete is
# asked of the program itself, by its help and its list of revisions.

# The options of a help text: "-c --config FILE", one a line.
__limbeck_options() {
	"$@" 2>/dev/null | sed -nE \
		'/^  (-|    --)/s/^  (-.)?(, |    )?(--[a-z-]+)? ?([A-Z][A-Z:=]*)?( .*)?$/\1 \3 \4/p'
}

# Commands and aliases.
__limbeck_commands() {
	"$1" help 2>/dev/null | sed -nE '/^(Commands|Aliases):/,/^$/s/^  ([a-z_]+) .*/\1/p'
}

# Revision ids and labels. What goes before the command is passed on.
__limbeck_revisions() {
	"$@" --json history 2>/dev/null |
		sed -nE 's/.*"id":"([^"]*)","labels":\[([^]]*)\].*/\1 \2/p' | tr '",' '  '
}

# The letters and names of options that take an argument, from such lines.
__limbeck_takes() {
	local short long argument

	while IFS=' ' read -r short long argument; do
		# Where one of the two is missing, the words move up.
		case $long in
		[A-Z]*) argument=$long long= ;;
		esac
		[ -n "$argument" ] && printf '%s %s ' "$short" "$long"
	done <<< "$1"
}

__limbeck_words() {
	# shellcheck disable=SC2207
	COMPREPLY=($(compgen -W "$2" -- "$1"))
}

# What can be compared: revisions, files, and two words.
__limbeck_schemas() {
	local cur=$1

	shift
	__limbeck_words "$cur" "database schema head base $(__limbeck_revisions "$@")"
	mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -f -- "$cur")
}

_limbeck() {
	local program=$1 cur=${COMP_WORDS[COMP_CWORD]} option='' last='' command='' word words=0 i
	local globals own='' takes
	local -a call=("$1")

	globals=$(__limbeck_options "$program" help)
	takes=" $(__limbeck_takes "$globals") "
	for ((i = 1; i < COMP_CWORD; i++)); do
		word=${COMP_WORDS[i]}
		if [ "$word" = '=' ]; then
			continue
		elif [ "$word" = ':' ]; then
			# bash cuts FROM:TO at the colon.
			option=$last
		elif [ -n "$option" ]; then
			case $option in
			-c | --config | -n | --name) call+=("$option" "$word") ;;
			esac
			last=$option option=''
		elif [[ $word == -* && $takes == *" $word "* ]]; then
			option=$word
		elif [[ $word != -* && -z $command ]]; then
			command=$word
			own=$(__limbeck_options "$program" help "$command")
			# A letter of the command's own hides the one that all have.
			while read -r word _; do
				takes=${takes// $word / }
			done <<< "$own"
			takes=" $(__limbeck_takes "$own") $takes"
		elif [[ $word != -* ]]; then
			last='' words=$((words + 1))
		fi
	done
	[[ $cur == ':' ]] && option=$last
	[[ $cur == '=' || $cur == ':' ]] && cur=''

	case $option in
	-c | --config)
		mapfile -t COMPREPLY < <(compgen -f -- "$cur")
		return
		;;
	--driver-path | --version-path | --split)
		mapfile -t COMPREPLY < <(compgen -d -- "$cur")
		return
		;;
	--color)
		__limbeck_words "$cur" 'auto always never'
		return
		;;
	--head | --depends-on | --onto)
		__limbeck_words "$cur" "head heads base $(__limbeck_revisions "${call[@]}")"
		return
		;;
	-r | --rev-range)
		__limbeck_words "$cur" "head heads base current $(__limbeck_revisions "${call[@]}")"
		return
		;;
	--to | --from)
		__limbeck_words "$cur" 'postgresql mysql mariadb sqlite'
		return
		;;
	--of)
		__limbeck_schemas "$cur" "${call[@]}"
		return
		;;
	-*)
		COMPREPLY=()
		return
		;;
	esac
	if [[ $cur == -* ]]; then
		__limbeck_words "$cur" "$(printf '%s\n%s\n' "$own" "$globals" |
			sed -E 's/ [A-Z][A-Z:=]*$//')"
		return
	fi
	case $command in
	'') __limbeck_words "$cur" "$(__limbeck_commands "$program")" ;;
	help) __limbeck_words "$cur" "$(__limbeck_commands "$program")" ;;
	init) mapfile -t COMPREPLY < <(compgen -d -- "$cur") ;;
	upgrade | downgrade | plan | merge | stamp | repair | rebase | test | squash)
		__limbeck_words "$cur" "head heads base $(__limbeck_revisions "${call[@]}")"
		;;
	show | edit) __limbeck_words "$cur" "head heads base current $(__limbeck_revisions "${call[@]}")" ;;
	translate)
		__limbeck_words "$cur" "head heads $(__limbeck_revisions "${call[@]}")"
		mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -f -- "$cur")
		;;
	diff) __limbeck_schemas "$cur" "${call[@]}" ;;
	schema) ((words > 0)) || __limbeck_words "$cur" 'dump show apply' ;;
	*) COMPREPLY=() ;;
	esac
}

complete -F _limbeck limbeck
