namespace Karl.Tokenizers.Tokenization;

/// <summary>
/// Whether ALIT over a VQGAN replaces 2D tokens that are decoded well already by mask tokens before the next round, so that fresh latent tokens look at the
/// rest of the image. The original does it with a coin toss that is not repeatable; here it is asked for.
/// </summary>
public enum ImageTokenHalting
{
    /// <summary>All 2D tokens stay.</summary>
    None,

    /// <summary>Those whose true base code has at least the bundle's probability, 0.55 as published, are replaced.</summary>
    Certain,

    /// <summary>Of these, each is replaced with just that probability, as published; the tosses depend on <see cref="TokenizeOptions.SamplingSeed"/> alone.</summary>
    Tossed,
}
