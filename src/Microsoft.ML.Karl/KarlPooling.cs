namespace Microsoft.ML.Karl;

/// <summary>How the kept tokens of an image, as many as it needs, become a feature vector of fixed size.</summary>
/// <remarks>An image that keeps no token has features of 0. A missing image has features of NaN, ML.NET's missing value.</remarks>
public enum KarlPooling
{
    /// <summary>The mean of the kept latents: as many features as a latent has numbers, <c>mean.0</c>, <c>mean.1</c> and so on.</summary>
    MaskedMean,

    /// <summary>Mean and standard deviation of the kept latents: twice as many, <c>mean.0</c> ... and <c>deviation.0</c> ...</summary>
    MaskedMeanAndDeviation,

    /// <summary>Each kept latent at its place in the budget and 0 where a token was dropped: budget times as many, <c>token.0.0</c>, <c>token.0.1</c> ...</summary>
    PaddedTokens,

    /// <summary>The mean of the kept latents, and the mean of the products of each two of their numbers (and of each with itself): <c>mean.0</c> ..., <c>product.0.0</c>, <c>product.0.1</c> ...</summary>
    MaskedMeanAndProducts,

    /// <summary>Padded tokens and mean products, which tell a linear classifier most: <c>token.0.0</c> ..., <c>product.0.0</c> ...</summary>
    PaddedTokensAndProducts,
}
