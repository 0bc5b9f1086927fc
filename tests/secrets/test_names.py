import pytest

from polyaxon_sdk.secrets.names import is_secret_name


@pytest.mark.parametrize(
    "name",
    [
        "password",
        "DB_PASSWORD",
        "dbPassword",
        "passwd",
        "api_key",
        "apiKey",
        "APIKey",
        "X-Api-Key",
        "HF_TOKEN",
        "token",
        "authToken",
        "access-key",
        "AWS_SECRET_ACCESS_KEY",
        "client_secret",
        "CLIENTSECRET_SECRET",
        "credentials",
        "private_key",
        "service_account_key",
        "PGPASSWORD_PWD",
        "signing.key",
        "Authorization",
        "passphrase",
    ],
)
def test_secret_names_are_known_in_any_spelling(name: str) -> None:
    assert is_secret_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "tokens",
        "num_tokens",
        "eos_token",
        "pad_token",
        "max_token",
        "image_token",
        "tokenizer",
        "key",
        "keys",
        "primary_key",
        "monkey",
        "keyboard",
        "author",
        "password_file",
        "token_count",
        "secret_name",
        "AWS_ACCESS_KEY_ID",
        "public_key",
        "num_key_value_heads",
        "passing",
        "lr",
    ],
)
def test_names_of_the_field_are_no_secrets(name: str) -> None:
    assert not is_secret_name(name)
