namespace Karl.Export.Verification.Internals;

/// <summary>The latent of a VAE as its decoder takes it.</summary>
internal static class Posterior
{
    /// <summary>Mean, or mean and deviation times noise, as rows <c>[grid * grid, channels]</c>; all three are <c>[channels, grid, grid]</c>.</summary>
    public static Numbers Rows(Numbers mean, Numbers logVariance, float[]? noise)
    {
        var channels = (int)mean.Shape[0];
        var places = mean.RowLength;
        var rows = new double[mean.Values.Length];
        for (var channel = 0; channel < channels; channel++)
        {
            for (var place = 0; place < places; place++)
            {
                var index = (channel * places) + place;
                var deviation = noise is null ? 0 : Math.Exp(0.5 * logVariance.Values[index]) * noise[index];
                rows[(place * channels) + channel] = mean.Values[index] + deviation;
            }
        }

        return new Numbers(rows, [places, channels]);
    }
}
