"""What known secrets look like, by their issuers' documentation: a literal part, then the whole."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

__all__ = ["FORMATS", "Format"]


class Format:
    """One kind of token; a text that has none of `marks` needs no search.

    Args:
        issuer: whose token it is.
        marks: literals of which every such token has one.
        pattern: a regular expression; where it has a group `secret`, that alone is the secret.
        is_word: whether it has no blanks in it and 20 characters or more.
        first_words: letters and digits of which every such token begins with one, up to a first other sign: a text
            that has none of these words needs no search either; empty where that can't be said.
    """

    __slots__ = ("first_words", "is_word", "issuer", "marks", "pattern")

    def __init__(
        self,
        issuer: str,
        marks: tuple[str, ...],
        pattern: str,
        *,
        is_word: bool = False,
        first_words: Iterable[str] = (),
    ) -> None:
        self.issuer = issuer
        self.marks = marks
        self.pattern = pattern
        self.is_word = is_word
        self.first_words = frozenset(word.encode() for word in first_words)


_START = r"(?<![A-Za-z0-9])"
_END = r"(?![A-Za-z0-9])"
_OPTION = r"[ \t=]?[\"']?"
_GIVEN = r"(?P<secret>[^\s\"'|;&]+)"
"""What stands behind an option of a program that takes a password."""
_BODY = r"[A-Za-z0-9+/=\s:,.\\\"'()-]"
"""What a private key consists of, in a file, in a literal and in a notebook."""


def _token(issuer: str, *marks: str, rest: str) -> Format:
    """A token that begins with one of `marks`."""
    starts = "|".join(mark.replace(".", r"\.") for mark in marks)
    words = ["".join(takewhile(str.isalnum, mark)) for mark in marks]
    first_words = () if any(word in marks for word in words) else words
    return Format(issuer, marks, f"{_START}(?:{starts}){rest}{_END}", is_word=True, first_words=first_words)


def _option(issuer: str, *programs: str, options: str, who: bool = False) -> Format:
    """A password in a command line of a program, with `who` behind a name and a colon."""
    names = "|".join(program.strip().replace(" ", r"[ \t]+") for program in programs)
    name = r"[^\s:\"']{0,80}:" if who else ""
    begin = rf"(?<![\w-])(?:{names})[ \t](?:[^\n|;&]{{0,200}}?[ \t])?(?:{options})"
    return Format(issuer, programs, f"{begin}{_OPTION}{name}{_GIVEN}")


FORMATS = (
    _token("AWS", "AKIA", "ASIA", "ABIA", "ACCA", rest="[A-Z0-9]{16}"),
    _token("Anthropic", "sk-ant-", rest="[A-Za-z0-9_-]{20,}"),
    _token("Atlassian", "ATATT3", "ATCTT3", rest="[A-Za-z0-9_=-]{30,}"),
    _token("Bitbucket", "ATBB", rest="[A-Za-z0-9]{28,}"),
    _token("Buildkite", "bkua_", rest="[0-9a-f]{40}"),
    _token("Databricks", "dapi", rest="[0-9a-f]{32}(?:-[0-9])?"),
    _token("DigitalOcean", "dop_v1_", "doo_v1_", "dor_v1_", rest="[0-9a-f]{64}"),
    _token("Docker", "dckr_pat_", "dckr_oat_", rest="[A-Za-z0-9_-]{20,}"),
    _token("Doppler", "dp.pt.", "dp.st.", "dp.ct.", "dp.sa.", "dp.scim.", rest="[A-Za-z0-9._-]{36,}"),
    _token("Fly", "fm1_", "fm2_", rest="[A-Za-z0-9+/=_-]{40,}"),
    _token("GitHub", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", rest="[A-Za-z0-9]{30,}"),
    _token("GitHub", "github_pat_", rest="[A-Za-z0-9_]{22,}"),
    _token(
        "GitLab",
        *(
            "glpat-",
            "gldt-",
            "glrt-",
            "glcbt-",
            "glptt-",
            "glagent-",
            "glimt-",
            "glsoat-",
            "glffct-",
            "gloas-",
        ),
        rest="[A-Za-z0-9_.-]{20,}",
    ),
    _token("Google", "AIza", rest="[A-Za-z0-9_-]{35}"),
    _token("Google", "ya29.", rest="[A-Za-z0-9_-]{20,}"),
    _token("Google", "GOCSPX-", rest="[A-Za-z0-9_-]{20,}"),
    _token("Grafana", "glsa_", "glc_", rest="[A-Za-z0-9+/=_-]{32,}"),
    _token("Groq", "gsk_", rest="[A-Za-z0-9]{40,}"),
    _token("HashiCorp Vault", "hvs.", "hvb.", "hvr.", rest="[A-Za-z0-9_-]{24,}"),
    Format(
        "HashiCorp Terraform",
        (".atlasv1.",),
        rf"{_START}[A-Za-z0-9]{{14}}\.atlasv1\.[A-Za-z0-9_=-]{{60,}}",
        is_word=True,
    ),
    _token("Heroku", "HRKU-", rest="[A-Za-z0-9_-]{36,}"),
    _token("Hugging Face", "hf_", "api_org_", rest="[A-Za-z0-9]{30,}"),
    _token("JSON Web Token", "eyJ", rest=r"[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}"),
    _token("LangSmith", "lsv2_", "ls__", rest="[A-Za-z0-9_]{32,}"),
    _token("Linear", "lin_api_", "lin_oauth_", rest="[A-Za-z0-9]{32,}"),
    _token("Mailgun", "key-", rest="[0-9a-f]{32}"),
    Format(
        "Microsoft Azure", ("8Q~",), rf"{_START}[A-Za-z0-9~._-]{{3}}8Q~[A-Za-z0-9~._-]{{30,}}", is_word=True
    ),
    Format(
        "Microsoft Azure",
        ("AccountKey=", "SharedAccessKey=", "SharedAccessSignature="),
        r"(?:AccountKey|SharedAccessKey|SharedAccessSignature)=(?P<secret>[^;\s\"']{8,})",
    ),
    Format("Microsoft Azure", ("sig=",), r"[?&;]sig=(?P<secret>[A-Za-z0-9%+/=_-]{16,})", is_word=True),
    _token("Neptune", "eyJhcGlfYWRkcmVzcyI6", rest="[A-Za-z0-9+/=_-]{20,}"),
    _token("Netlify", "nfp_", rest="[A-Za-z0-9_-]{36,}"),
    _token("New Relic", "NRAK-", rest="[A-Z0-9]{27}"),
    _token("Notion", "ntn_", "secret_", rest="[A-Za-z0-9]{40,}"),
    _token("NVIDIA", "nvapi-", rest="[A-Za-z0-9_-]{40,}"),
    _token("npm", "npm_", rest="[A-Za-z0-9]{36}"),
    _token("OpenAI", "sk-", rest="[A-Za-z0-9_-]{20,}"),
    _token("Perplexity", "pplx-", rest="[A-Za-z0-9]{40,}"),
    _token("PlanetScale", "pscale_tkn_", "pscale_pw_", "pscale_oauth_", rest="[A-Za-z0-9_.-]{32,}"),
    _token("Postman", "PMAK-", rest="[A-Za-z0-9-]{40,}"),
    _token("Pulumi", "pul-", rest="[0-9a-f]{40}"),
    _token("PyPI", "pypi-", rest="[A-Za-z0-9_-]{50,}"),
    _token("Replicate", "r8_", rest="[A-Za-z0-9]{37,}"),
    _token("RubyGems", "rubygems_", rest="[0-9a-f]{48}"),
    _token("SendGrid", "SG.", rest=r"[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}"),
    _token("Sentry", "sntrys_", "sntryu_", rest="[A-Za-z0-9+/=_-]{40,}"),
    _token("Shopify", "shpat_", "shpca_", "shppa_", "shpss_", rest="[0-9a-fA-F]{32}"),
    _token("Slack", "xoxa-", "xoxb-", "xoxe-", "xoxp-", "xoxr-", "xoxs-", "xapp-", rest="[A-Za-z0-9.-]{15,}"),
    Format(
        "Slack",
        ("hooks.slack.com/",),
        r"hooks\.slack\.com/(?:services|workflows)/(?P<secret>[A-Za-z0-9/_-]{20,})",
        is_word=True,
    ),
    _token("Square", "sq0atp-", "sq0csp-", "sq0idp-", rest="[A-Za-z0-9_-]{22,}"),
    _token("Stripe", "sk_live_", "sk_test_", "rk_live_", "rk_test_", "whsec_", rest="[A-Za-z0-9]{16,}"),
    _token("Supabase", "sbp_", "sb_secret_", rest="[A-Za-z0-9_]{20,}"),
    Format("Telegram", (":AA",), rf"{_START}[0-9]{{8,10}}:AA[A-Za-z0-9_-]{{33}}{_END}", is_word=True),
    _token("Twilio", "SK", rest="[0-9a-f]{32}"),
    _token("Weights & Biases", "wandb_v1_", rest="[A-Za-z0-9_]{40,}"),
    _token("xAI", "xai-", rest="[A-Za-z0-9]{60,}"),
    _token("age", "AGE-SECRET-KEY-1", rest="[A-Z0-9]{50,}"),
    Format(
        "a private key",
        ("PRIVATE KEY",),
        r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?P<secret>"
        rf"{_BODY}{{0,8192}}?(?=-----END|[^A-Za-z0-9+/=\s:,.\\\"'()-]|\Z)|{_BODY}{{8192}})",
    ),
    Format(
        "a URL",
        ("://",),
        r"(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{0,30}://[^\s/:@\"'<>?#]*:(?P<secret>[^\s/\"'<>?#]+)@(?=[^\s@])",
    ),
    Format("a URL", ("://",), r"https?://(?P<secret>[A-Za-z0-9_.~%-]{16,})@(?=[A-Za-z0-9])", is_word=True),
    Format("an HTTP header", ("earer ",), r"\b[Bb]earer (?P<secret>[A-Za-z0-9._~+/=-]{16,})"),
    Format(
        "an HTTP header",
        ("asic ",),
        r"(?i:authorization)[\"']?\s*[:=]\s*[\"']?[Bb]asic (?P<secret>[A-Za-z0-9+/=]{8,})",
    ),
    Format(
        "an HTTP header",
        ("ookie", "OOKIE"),
        r"(?i:\b(?:set-)?cookie)\\*[\"']?\s{0,4}[:=,]\s{0,4}\\*[\"']?(?P<secret>[A-Za-z0-9_.-]{1,80}=[^\n\"']{1,4096})",
    ),
    _option("curl", "curl ", options="-u|-U|--user|--proxy-user", who=True),
    _option("httpie", "http ", "https ", options="-a|--auth", who=True),
    _option("sshpass", "sshpass ", options="-p"),
    _option("Redis", "redis-cli ", options="-a|--pass"),
    _option("a registry", "docker login ", "podman login ", options="-p"),
    Format(
        "MySQL",
        ("mysql", "mariadb"),
        rf"\b(?:mysql|mariadb)[a-z-]{{0,20}}[ \t][^\n|;&]{{0,200}}?(?<=[ \t])-p[\"']?{_GIVEN}",
    ),
)
