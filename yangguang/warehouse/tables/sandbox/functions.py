"""The functions that somebody's SQL may call: none reads files or settings, none makes much out of little.

`repeat`, `lpad`, `printf` and their like are left out: one call of them can ask for gigabytes.
"""


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


OPERATORS = words(
    "+ - * / // % ** ^ & | << >> ~ || ! ~~ !~~ ~~* !~~* ~~~ ^@ -> ->> like_escape not_like_escape"
    " ilike_escape not_ilike_escape"
)
AGGREGATES = words(
    "count count_star count_if sum avg mean min max median mode first last any_value arg_min arg_max"
    " min_by max_by bool_and bool_or bit_and bit_or bit_xor product fsum favg stddev stddev_pop"
    " stddev_samp variance var_pop var_samp corr covar_pop covar_samp regr_slope regr_intercept"
    " regr_r2 regr_count skewness kurtosis entropy quantile quantile_cont quantile_disc"
    " percentile_cont percentile_disc approx_count_distinct approx_quantile histogram string_agg"
    " group_concat listagg list array_agg"
)
WINDOWS = words(
    "row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value"
)
TEXT = words(
    "length len strlen char_length character_length lower upper lcase ucase trim ltrim rtrim left"
    " right substring substr substring_grapheme position strpos instr contains starts_with ends_with"
    " prefix suffix replace reverse concat concat_ws split_part string_split split str_split"
    " string_to_array regexp_matches regexp_full_match regexp_extract regexp_extract_all"
    " regexp_replace regexp_split_to_array chr ascii unicode ord md5 sha256 hash levenshtein"
    " editdist3 jaccard jaro_similarity jaro_winkler_similarity hamming nfc_normalize strip_accents"
    " translate left_grapheme right_grapheme bit_length octet_length to_base64 from_base64 hex unhex"
)
NUMBERS = words(
    "abs sign ceil ceiling floor round round_even trunc mod fmod divide add subtract multiply pow"
    " power sqrt cbrt exp ln log log10 log2 pi sin cos tan asin acos atan atan2 degrees radians"
    " greatest least isnan isinf isfinite random even gcd lcm width_bucket"
)
TIMES = words(
    "date_part datepart date_trunc datetrunc date_diff datediff date_sub datesub date_add year month"
    " day quarter week weekofyear yearweek isoyear dayofweek weekday isodow dayofyear dayname"
    " monthname hour minute second millisecond microsecond epoch epoch_ms last_day make_date"
    " make_timestamp strftime strptime try_strptime to_timestamp today current_date now age"
    " time_bucket century decade to_days to_months to_years to_hours to_minutes to_seconds to_weeks"
    " julian"
)
VALUES = words(
    "coalesce ifnull nullif if typeof unnest list_value list_contains list_position list_extract"
    " list_element list_slice array_extract array_slice array_length list_sort list_reverse_sort"
    " list_distinct list_unique list_sum list_avg list_min list_max list_count list_transform list_apply"
    " list_filter list_aggregate list_concat array_to_string struct_pack struct_extract row map"
    " map_keys map_values map_extract element_at json json_extract json_extract_string"
    " json_array_length json_keys json_type to_json grouping grouping_id"
)
SCALARS = OPERATORS | AGGREGATES | WINDOWS | TEXT | NUMBERS | TIMES | VALUES
TABLES = frozenset(("range", "generate_series", "unnest"))
