using Karl.Tokenizers;

namespace Karl.Experiments;

/// <summary>A model that takes part; loaded when its turn comes, so that one is in memory at a time.</summary>
/// <param name="Name">What tables call it; unique.</param>
/// <param name="Load">Loads it with encoder and decoder; whoever calls disposes it.</param>
public sealed record ExperimentModel(string Name, Func<ImageTokenizer> Load);
