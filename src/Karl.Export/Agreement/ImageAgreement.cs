using Karl.Tokenizers.Tokenization;

namespace Karl.Export.Agreement;

/// <summary>One image through two models.</summary>
/// <param name="Name">Its file name.</param>
/// <param name="ReferenceTokens">Tokens that the reference kept.</param>
/// <param name="CandidateTokens">Tokens that the candidate kept.</param>
/// <param name="SharedPositions">Positions that both kept.</param>
/// <param name="SharedCodes">Of these, how many have the same code; equal to <paramref name="SharedPositions"/> where latents are continuous.</param>
/// <param name="ReferenceError">Mean absolute error of the reference's reconstruction, pixels 0 to 1.</param>
/// <param name="CandidateError">The same of the candidate's.</param>
public sealed record ImageAgreement(string Name, int ReferenceTokens, int CandidateTokens, int SharedPositions, int SharedCodes, double ReferenceError, double CandidateError)
{
    /// <summary>Positions that both kept over positions that either kept, 0 to 1; 1 where neither kept any.</summary>
    public double Positions => ReferenceTokens + CandidateTokens - SharedPositions is > 0 and var either ? (double)SharedPositions / either : 1;

    /// <summary>Compares two answers for one image.</summary>
    internal static ImageAgreement Of(string name, TokenSequence reference, TokenSequence candidate, double referenceError, double candidateError)
    {
        var places = candidate.Positions.Select((position, index) => (position, index)).ToDictionary(pair => pair.position, pair => pair.index);
        var shared = Enumerable.Range(0, reference.Count).Where(index => places.ContainsKey(reference.Positions[index])).ToList();
        var sameCodes = reference.IsQuantized ? shared.Count(index => reference.Codes[index] == candidate.Codes[places[reference.Positions[index]]]) : shared.Count;
        return new(name, reference.Count, candidate.Count, shared.Count, sameCodes, referenceError, candidateError);
    }
}
