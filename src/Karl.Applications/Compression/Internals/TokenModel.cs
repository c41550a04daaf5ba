using Karl.Tokenizers.Tokenization;

namespace Karl.Applications.Compression.Internals;

/// <summary>All tokens of an image through a coder: which positions are kept, then the codes or latents at them. It learns from image to image until it is restarted.</summary>
internal sealed class TokenModel
{
    private readonly TokenArchiveSettings _settings;
    private readonly PositionModel _positions;
    private readonly CodeModel? _codes;
    private readonly LatentModel? _latents;
    private readonly bool[] _isKept;

    /// <summary>Begins with what statistics know, or with nothing.</summary>
    public TokenModel(TokenArchiveSettings settings, TokenStatistics? statistics)
    {
        _settings = settings;
        _isKept = new bool[settings.Budget];
        _positions = new PositionModel(settings.MaximumBudget, statistics is null ? [] : statistics.Dropped, statistics is null ? [] : statistics.Kept);
        _codes = settings.CodebookSize is int codebook ? new CodeModel(new CodeLayout(codebook, settings.MaximumBudget), statistics is null ? [] : statistics.Seen) : null;
        _latents = settings.CodebookSize is null ? new LatentModel(settings.LatentWidth) : null;
    }

    /// <summary>Forgets the images so far.</summary>
    public void Restart()
    {
        _positions.Restart();
        _codes?.Restart();
        _latents?.Restart();
    }

    /// <summary>Writes or measures an image.</summary>
    public void Write(BitCoder coder, TokenSequence tokens)
    {
        Array.Clear(_isKept);
        foreach (int position in tokens.Positions)
        {
            _isKept[position] = true;
        }

        _positions.Code(coder, _isKept);
        for (int index = 0; index < tokens.Count; index++)
        {
            _codes?.Code(coder, tokens.Positions[index], tokens.Codes[index]);
            for (int place = 0; _latents is not null && place < _settings.LatentWidth; place++)
            {
                _latents.Code(coder, place, LatentSteps.Of(tokens.Latents[(index * _settings.LatentWidth) + place], _settings.LatentStep));
            }
        }
    }

    /// <summary>Reads an image.</summary>
    /// <exception cref="ArgumentException">What was read cannot be tokens of this model.</exception>
    public TokenSequence Read(BitCoder coder)
    {
        _positions.Code(coder, _isKept);
        int[] positions = [.. Enumerable.Range(0, _isKept.Length).Where(position => _isKept[position])];
        if (_codes is not null)
        {
            int[] codes = new int[positions.Length];
            for (int index = 0; index < codes.Length; index++)
            {
                codes[index] = _codes.Code(coder, positions[index], 0);
            }

            return TokenSequence.FromCodes(positions, codes, _settings.CodebookSize!.Value, _settings.Budget, _settings.Epsilon);
        }

        float[] latents = new float[positions.Length * _settings.LatentWidth];
        for (int index = 0; index < latents.Length; index++)
        {
            latents[index] = LatentSteps.ToLatent(_latents!.Code(coder, index % _settings.LatentWidth, 0), _settings.LatentStep);
        }

        return TokenSequence.FromLatents(positions, latents, _settings.LatentWidth, _settings.Budget, _settings.Epsilon);
    }
}
