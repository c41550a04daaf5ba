using Karl.Tokenizers.Tokenization;

namespace Karl.Applications.Compression.Internals;

/// <summary>What a perfect coder would write for the images of an archive, one after another.</summary>
internal sealed class IdealMeter(TokenArchiveSettings settings, TokenStatistics? statistics)
{
    private readonly TokenModel _model = new(settings, statistics);
    private readonly IdealLength _length = new();
    private int _count;

    /// <summary>Bits for the next image.</summary>
    public double Measure(TokenSequence tokens)
    {
        if (_count++ % settings.ImagesPerBlock == 0)
        {
            _model.Restart();
        }

        double before = _length.Bits;
        _model.Write(_length, tokens);
        return _length.Bits - before;
    }
}
