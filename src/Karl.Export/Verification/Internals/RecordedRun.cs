namespace Karl.Export.Verification.Internals;

/// <summary>One image through the model, and what was recorded of it.</summary>
/// <param name="Image">Number of the image.</param>
/// <param name="Latent">How the latent of a VAE is chosen.</param>
/// <param name="Settings">Budget and epsilon.</param>
/// <param name="Keys">What was recorded; the first run of an image also has what depends on the image alone.</param>
internal sealed record RecordedRun(int Image, LatentChoice Latent, RunSettings Settings, IReadOnlyList<RecordedKey> Keys)
{
    public override string ToString() => $"img{Image}.{Latent switch { LatentChoice.Mean => "mode.", LatentChoice.Sample => "sample.", _ => string.Empty }}{Settings}";
}
