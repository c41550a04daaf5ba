namespace Microsoft.ML.Karl.Internals;

/// <summary>Kinds of stages that are saved.</summary>
internal enum StageKind
{
    Tokenize,
    Complexity,
    Reconstruct,
    LinearProbe,
    Anomaly,
}
