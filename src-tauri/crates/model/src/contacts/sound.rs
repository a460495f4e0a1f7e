//! One spelling for a word in either alphabet, whichever of the ways to transliterate was used, and the letters of a
//! keyboard that was left in the other layout.

/// The keys of both layouts, side by side.
const LATIN_KEYS: &str = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`{}:\"<>~";
const CYRILLIC_KEYS: &str = "йцукенгшщзхъфывапролджэячсмитьбюёхъжэбюё";

/// What several letters are together, in either alphabet; earlier lines go first. Both alphabets pass here, so that
/// what is lost («тс» and «ц» are one) is lost on both sides.
const TOGETHER: [(&str, &str); 13] = [
    ("цх", "ч"),
    ("кх", "х"),
    ("сх", "ш"),
    ("зх", "ж"),
    ("пх", "ф"),
    ("тс", "ц"),
    ("тз", "ц"),
    ("цз", "ц"),
    ("шч", "ш"),
    ("сч", "ш"),
    ("тч", "ч"),
    ("шх", "ш"),
    ("кс", "х"),
];
/// «-yo-», «-ie-» and «-е-» are one: Фёдор is fyodor, fiodor and fedor.
const SOFT: [(&str, &str); 2] = [("ие", "е"), ("ио", "е")];

/// How a folded word sounds, whatever letters it is written in: «shchukina», «schukina», «щукина» are one.
pub(crate) fn sound(word: &str) -> String {
    let mut letters = String::with_capacity(word.len() * 2);
    for letter in word.chars() {
        match letter {
            'a' | 'ә' => letters.push('а'),
            'b' => letters.push('б'),
            'v' | 'w' => letters.push('в'),
            'g' | 'ґ' | 'ғ' => letters.push('г'),
            'd' => letters.push('д'),
            'e' | 'э' | 'є' => letters.push('е'),
            'җ' => letters.push('ж'),
            'z' => letters.push('з'),
            'i' | 'j' | 'y' | 'й' | 'ы' | 'і' | 'ї' | 'ј' => letters.push('и'),
            'k' | 'q' | 'қ' => letters.push('к'),
            'l' => letters.push('л'),
            'm' => letters.push('м'),
            'n' | 'ң' => letters.push('н'),
            'o' | 'ө' => letters.push('о'),
            'p' => letters.push('п'),
            'r' => letters.push('р'),
            's' => letters.push('с'),
            't' => letters.push('т'),
            'u' | 'ў' | 'ү' | 'ұ' => letters.push('у'),
            'f' => letters.push('ф'),
            'h' | 'x' | 'һ' => letters.push('х'),
            'c' => letters.push('ц'),
            'щ' => letters.push('ш'),
            'ю' => letters.push_str("иу"),
            'я' => letters.push_str("иа"),
            'ъ' | 'ь' => {}
            other => letters.push(other),
        }
    }
    let letters = once(&joined(letters, &TOGETHER));
    once(&joined(letters, &SOFT))
}

fn joined(mut letters: String, together: &[(&str, &str)]) -> String {
    for (apart, one) in together {
        if letters.contains(apart) {
            letters = letters.replace(apart, one);
        }
    }
    letters
}

/// Every way a folded word may sound: «j» is й or ж, and «c» is ц or к.
pub(super) fn sounds(word: &str) -> Vec<String> {
    let mut all = vec![sound(word)];
    for (letter, other) in [('j', "zh"), ('c', "k")] {
        if word.contains(letter) {
            let other = sound(&word.replace("ch", "ч").replace(letter, other));
            if !all.contains(&other) {
                all.push(other);
            }
        }
    }
    all
}

/// A letter that is written twice is heard once, «и» also thrice: «-iyi-». More of one letter is no word, and digits are
/// not heard.
fn once(letters: &str) -> String {
    let mut out = String::with_capacity(letters.len());
    let mut rest = letters.chars().peekable();
    while let Some(letter) = rest.next() {
        let mut times = 1;
        while rest.next_if_eq(&letter).is_some() {
            times += 1;
        }
        let heard_once = if letter == 'и' { 3 } else { 2 };
        if times <= heard_once && !letter.is_ascii_digit() {
            times = 1;
        }
        out.extend(std::iter::repeat_n(letter, times));
    }
    out
}

/// What the same keys write in the other layout; `None` for a text with letters of both alphabets or of none.
pub(super) fn other_layout(text: &str) -> Option<String> {
    let text = text.to_lowercase();
    let latin = text.contains(|c: char| c.is_ascii_lowercase());
    let cyrillic = text.contains(|c: char| matches!(c, 'а'..='я' | 'ё'));
    let (from, to) = match (latin, cyrillic) {
        (true, false) => (LATIN_KEYS, CYRILLIC_KEYS),
        (false, true) => (CYRILLIC_KEYS, LATIN_KEYS),
        _ => return None,
    };
    let other = |c: char| {
        let mut pairs = from.chars().zip(to.chars());
        pairs.find(|(key, _)| *key == c).map_or(c, |(_, key)| key)
    };
    Some(text.chars().map(other).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scheme_sounds_the_same() {
        for (name, spellings) in [
            ("щукина", "shchukina schukina shhukina shukina"),
            ("юлия", "yulia yuliya julia julija iuliia yuliia"),
            ("хохлов", "khokhlov hohlov xoxlov"),
            ("цветков", "tsvetkov cvetkov czvetkov tzvetkov"),
            ("дмитрий", "dmitry dmitriy dmitrii dmitrij dmitri"),
            ("фёдор", "fyodor fedor fiodor fjodor"),
            (
                "соловьёв",
                "solovyov solovyev soloviev solovev solovjov solov'ev",
            ),
            ("наталья", "natalya natalia natalja natal'ya"),
            ("максим", "maksim maxim"),
            ("исхаков", "iskhakov ishakov isxakov"),
            ("бакшеев", "baksheev baksheyev"),
            ("андриенко", "andrienko andriyenko andrijenko"),
            ("братский", "bratskiy bratsky bratskij"),
            ("чайковский", "chaykovsky tchaikovsky chajkovskij"),
            ("андреева", "andreeva andreyeva andrejeva"),
            ("ильинична", "ilyinichna ilinichna il'inichna"),
            ("эмилия", "emilia emiliya emilija"),
            ("жанна", "zhanna zhana"),
            ("вячеслав", "vyacheslav viacheslav vjacheslav"),
            ("подъячев", "podyachev podiachev pod\"yachev"),
        ] {
            let sounded = sound(&name.replace('ё', "е"));
            for spelling in spellings.split(' ') {
                assert_eq!(
                    sound(&spelling.replace(['\'', '"'], "")),
                    sounded,
                    "{spelling}"
                );
            }
        }
    }

    #[test]
    fn different_names_sound_different() {
        for (one, other) in [("иванов", "петров"), ("чехов", "шехов"), ("жуков", "зуков")]
        {
            assert_ne!(sound(one), sound(other));
        }
    }

    #[test]
    fn letters_that_stand_for_two_sounds_are_read_both_ways() {
        assert!(sounds("jukov").contains(&sound("жуков")));
        assert!(sounds("julia").contains(&sound("юлия")));
        assert!(sounds("victor").contains(&sound("виктор")));
        assert!(sounds("tchechov").contains(&sound("чечов")));
    }

    #[test]
    fn keys_of_the_other_layout_are_read_both_ways() {
        assert_eq!(other_layout("bdfyjdf").as_deref(), Some("иванова"));
        assert_eq!(other_layout("руддщ").as_deref(), Some("hello"));
        assert_eq!(other_layout(":erjd").as_deref(), Some("жуков"));
        assert_eq!(other_layout("10,").as_deref(), None);
        assert_eq!(other_layout("иvan"), None);
    }
}
