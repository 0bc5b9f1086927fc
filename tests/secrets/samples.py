"""Secrets that open nothing, one of each format, and what looks like one and is none."""

_LETTERS = "aB3dE5gH7jK9mN1pQ2sT4vW6xY8z"


def _random(count: int, letters: str = _LETTERS) -> str:
    return (letters * (count // len(letters) + 1))[:count]


def _hexadecimal(count: int) -> str:
    return _random(count, "0f5a8b1c2d3e4f506172")


TOKENS = {
    "aws": "AKIA" + _random(16, "ABCD2345EFGH67"),
    "anthropic": "sk-ant-" + "api03-" + _random(40),
    "databricks": "dapi" + _hexadecimal(32),
    "digitalocean": "dop_v1_" + _hexadecimal(64),
    "docker": "dckr_pat_" + _random(27),
    "github": "ghp_" + _random(36),
    "github fine": "github_pat_" + _random(22) + "_" + _random(59),
    "gitlab": "glpat-" + _random(20),
    "google": "AIza" + _random(35),
    "google oauth": "ya29." + _random(60),
    "groq": "gsk_" + _random(52),
    "hugging face": "hf_" + _random(34),
    "jwt": "eyJ" + _random(20) + ".eyJ" + _random(30) + "." + _random(43),
    "notion": "ntn_" + _random(46),
    "npm": "npm_" + _random(36),
    "nvidia": "nvapi-" + _random(64),
    "openai": "sk-" + "proj-" + _random(60),
    "pypi": "pypi-" + _random(80),
    "replicate": "r8_" + _random(37),
    "sendgrid": "SG." + _random(22) + "." + _random(43),
    "slack": "xoxb-" + "123456789012-123456789012-" + _random(24),
    "stripe": "sk_live_" + _random(24),
    "telegram": "1234567890:AA" + _random(33),
    "twilio": "SK" + _hexadecimal(32),
    "vault": "hvs." + _random(24),
    "wandb": "wandb_v1_" + _random(60),
}

NO_SECRETS = (
    "0f5a8b1c2d3e4f5061728394a5b6c7d8",
    "0f5a8b1c-2d3e-4f50-6172-8394a5b6c7d8",
    "commit 8f0e1d2c3b4a5968778695a4b3c2d1e0f0e1d2c3",
    "sha256:" + _hexadecimal(64),
    "md5 = " + _hexadecimal(32),
    "integrity sha512-" + _random(86) + "==",
    "tokens/s: 12345.6 tokens=1024 num_tokens=77 max_new_tokens=5",
    "eos_token='</s>' pad_token=\"<pad>\" bos_token: <s>",
    "password is required, the passwd is case-sensitive. A password was not set, the pwd is /root",
    "docker run -u 1000:1000 image; curl -o out.txt https://h:80/a; mkdir -p a/b1; cookie: chocolate1",
    "token: 12 of 15, token=7, the token is broken",
    "tokenizer=tokenizer_of_words keyboard=qwertyuiop key: value monkey=banana12",
    "num_key_value_heads=8 primary_key=user_id public_key=abcdefghijk",
    "password = get_password()  # password=args.password, token=hf_token",
    "def login(password: str, token: str | None = None) -> None:",
    "password_file=/run/it token_count=12 secret_name=db",
    "PWD=/root/project OLDPWD=/root",
    "https://host:8080/path?user=me@example.org",
    "git@github.com:team/code.git",
    "store /etc/passwd: Not a directory; outputs/secret: Permission denied",
    "loss: 0.25 epoch 3/10 [00:12<00:34, 5.67it/s]",
)
