namespace Karl.Export.Checkpoints;

/// <summary>Which file weights came from.</summary>
/// <param name="FileName">Its name without folders.</param>
/// <param name="Format">How it is stored.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its SHA-256, 64 lower-case hexadecimal digits.</param>
public sealed record CheckpointProvenance(string FileName, CheckpointFormat Format, long Bytes, string Sha256);
