using Karl.Tokenizers;

namespace Karl.Serving;

/// <summary>A model that a server offers.</summary>
/// <param name="Name">What requests call it; unique among a server's models.</param>
/// <param name="Tokenizer">The model with both halves. It stays the caller's, who disposes it after the server.</param>
public sealed record ServedModel(string Name, ImageTokenizer Tokenizer);
