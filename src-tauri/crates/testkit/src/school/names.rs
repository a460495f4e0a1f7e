//! Russian names: surnames by gender, patronymics, the cases of given names, and logins by transliteration.

use super::name_lists::{BOYS, GIRLS, MEN, SURNAMES, WOMEN};
use super::random::Random;

pub(super) fn surname(random: &mut Random) -> &'static str {
    SURNAMES[random.between(0, SURNAMES.len() - 1)]
}

pub(super) fn adult(random: &mut Random, female: bool) -> &'static str {
    let names = if female { WOMEN } else { MEN };
    names[random.between(0, names.len() - 1)]
}

pub(super) fn child(random: &mut Random, female: bool) -> &'static str {
    let names = if female { GIRLS } else { BOYS };
    names[random.between(0, names.len() - 1)]
}

/// «Кузнецов» → «Кузнецова», «Белинский» → «Белинская», «Бондаренко» stays.
pub(super) fn surname_of(masculine: &str, female: bool) -> String {
    if !female {
        return masculine.to_owned();
    }
    if let Some(stem) = masculine.strip_suffix("ий") {
        return format!("{stem}ая");
    }
    if ["ов", "ев", "ёв", "ин"]
        .iter()
        .any(|ending| masculine.ends_with(ending))
    {
        return format!("{masculine}а");
    }
    masculine.to_owned()
}

/// The patronymic of a father's given name.
pub(super) fn patronymic(father: &str, female: bool) -> String {
    let pair = |man: &str, woman: &str| {
        if female {
            woman.to_owned()
        } else {
            man.to_owned()
        }
    };
    match father {
        "Илья" => return pair("Ильич", "Ильинична"),
        "Никита" => return pair("Никитич", "Никитична"),
        "Павел" => return pair("Павлович", "Павловна"),
        "Пётр" => return pair("Петрович", "Петровна"),
        "Михаил" => return pair("Михайлович", "Михайловна"),
        "Лев" => return pair("Львович", "Львовна"),
        "Яков" => return pair("Яковлевич", "Яковлевна"),
        "Ярослав" => return pair("Ярославович", "Ярославовна"),
        _ => {}
    }
    let (stem, man, woman) = if let Some(stem) = father.strip_suffix("ий") {
        // «Юрий» keeps its vowel, «Дмитрий» and «Георгий» too; «Василий» and «Евгений» soften it.
        if ["Юр", "Дмитр", "Георг"].contains(&stem) {
            (stem, "иевич", "иевна")
        } else {
            (stem, "ьевич", "ьевна")
        }
    } else if let Some(stem) = father.strip_suffix('й') {
        (stem, "евич", "евна")
    } else if let Some(stem) = father.strip_suffix('ь') {
        (stem, "евич", "евна")
    } else {
        (father, "ович", "овна")
    };
    format!("{stem}{}", if female { woman } else { man })
}

/// The cases of a given name that the texts need.
#[derive(Clone, Copy)]
pub(super) enum Case {
    Nominative,
    Genitive,
    Accusative,
}

pub(super) fn decline(name: &str, female: bool, case: Case) -> String {
    let with = |cut: usize, ending: &str| {
        let stem: String = name.chars().take(name.chars().count() - cut).collect();
        format!("{stem}{ending}")
    };
    match case {
        Case::Nominative => name.to_owned(),
        Case::Genitive | Case::Accusative => match name {
            "Лев" => "Льва".to_owned(),
            "Павел" => "Павла".to_owned(),
            "Пётр" => "Петра".to_owned(),
            _ => {
                let genitive = matches!(case, Case::Genitive);
                match name.chars().last() {
                    Some('а') if genitive && name.ends_with("ка") => with(1, "и"),
                    Some('а') => with(1, if genitive { "ы" } else { "у" }),
                    Some('я') => with(1, if genitive { "и" } else { "ю" }),
                    Some('й' | 'ь') if !female => with(1, "я"),
                    _ if !female => with(0, "а"),
                    _ => name.to_owned(),
                }
            }
        },
    }
}

/// Latin letters for a login: «Щукина» → `shchukina`.
pub(super) fn latin(text: &str) -> String {
    text.to_lowercase()
        .chars()
        .map(|letter| match letter {
            'а' => "a",
            'б' => "b",
            'в' => "v",
            'г' => "g",
            'д' => "d",
            'е' | 'ё' | 'э' => "e",
            'ж' => "zh",
            'з' => "z",
            'и' => "i",
            'й' | 'ы' => "y",
            'к' => "k",
            'л' => "l",
            'м' => "m",
            'н' => "n",
            'о' => "o",
            'п' => "p",
            'р' => "r",
            'с' => "s",
            'т' => "t",
            'у' => "u",
            'ф' => "f",
            'х' => "kh",
            'ц' => "ts",
            'ч' => "ch",
            'ш' => "sh",
            'щ' => "shch",
            'ю' => "yu",
            'я' => "ya",
            _ => "",
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_agree_with_the_person() {
        assert_eq!(surname_of("Кузнецов", true), "Кузнецова");
        assert_eq!(surname_of("Белинский", true), "Белинская");
        assert_eq!(surname_of("Бондаренко", true), "Бондаренко");
        let check = |father: &str, man: &str, woman: &str| {
            assert_eq!(patronymic(father, false), man);
            assert_eq!(patronymic(father, true), woman);
        };
        check("Пётр", "Петрович", "Петровна");
        check("Игорь", "Игоревич", "Игоревна");
        check("Андрей", "Андреевич", "Андреевна");
        check("Дмитрий", "Дмитриевич", "Дмитриевна");
        check("Евгений", "Евгеньевич", "Евгеньевна");
        check("Илья", "Ильич", "Ильинична");
        check("Фёдор", "Фёдорович", "Фёдоровна");
        check("Николай", "Николаевич", "Николаевна");
    }

    #[test]
    fn given_names_are_declined() {
        assert_eq!(decline("Илья", false, Case::Genitive), "Ильи");
        assert_eq!(decline("Артём", false, Case::Accusative), "Артёма");
        assert_eq!(decline("Дарья", true, Case::Accusative), "Дарью");
        assert_eq!(decline("Вероника", true, Case::Genitive), "Вероники");
        assert_eq!(decline("Матвей", false, Case::Genitive), "Матвея");
    }

    #[test]
    fn a_login_is_latin() {
        assert_eq!(latin("Щукина"), "shchukina");
        assert_eq!(latin("Воробьёв"), "vorobev");
    }
}
