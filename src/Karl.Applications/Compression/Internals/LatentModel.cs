namespace Karl.Applications.Compression.Internals;

/// <summary>Latents as whole multiples of a step, each number learned by its place in the latent: whether it is 0, its sign, its size.</summary>
internal sealed class LatentModel
{
    private const int MostPlaces = 256;
    private readonly AdaptiveBit[] _isNonzero;
    private readonly AdaptiveBit[] _isNegative;
    private readonly NumberModel[] _sizes;

    /// <summary>Knows nothing yet.</summary>
    public LatentModel(int latentWidth)
    {
        int places = Math.Min(latentWidth, MostPlaces);
        _isNonzero = new AdaptiveBit[places];
        _isNegative = new AdaptiveBit[places];
        _sizes = [.. Enumerable.Range(0, places).Select(_ => new NumberModel())];
        Restart();
    }

    /// <summary>Forgets what it learned.</summary>
    public void Restart()
    {
        Array.Fill(_isNonzero, AdaptiveBit.Even);
        Array.Fill(_isNegative, AdaptiveBit.Even);
        Array.ForEach(_sizes, size => size.Restart());
    }

    /// <summary>Codes one number of a latent.</summary>
    public int Code(BitCoder coder, int place, int steps)
    {
        place %= _sizes.Length;
        if (_isNonzero[place].Code(coder, steps == 0 ? 0 : 1) == 0)
        {
            return 0;
        }

        bool isNegative = _isNegative[place].Code(coder, steps < 0 ? 1 : 0) == 1;
        int size = _sizes[place].Code(coder, Math.Abs(steps) - 1) + 1;
        return isNegative ? -size : size;
    }
}
