"""How Papiamentu writes days and numbers (Unicode CLDR 48, locale pap)."""

DATE_FORMAT = r"j \d\i F Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = r"j \d\i F Y, H:i"
YEAR_MONTH_FORMAT = r"F \d\i Y"
MONTH_DAY_FORMAT = r"j \d\i F"
SHORT_DATE_FORMAT = "d-m-Y"
SHORT_DATETIME_FORMAT = "d-m-Y H:i"
FIRST_DAY_OF_WEEK = 1
DATE_INPUT_FORMATS = ["%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d"]
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
