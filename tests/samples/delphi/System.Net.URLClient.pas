unit System.Net.URLClient;

{ What samples use of Delphi's URL client, written from its public reference. Nothing here does anything. }

interface

uses
  Classes;

type
  TNameValuePair = record
    Name: string;
    Value: string;
  end;

  TNetHeaders = array of TNameValuePair;

  TAuthTargetType = (Proxy, Server);

  TCredentialsStorage = class
  public
    type
      TCredential = record
        constructor Create(AnAuthTargetType: TAuthTargetType; const ARealm, AURL, AUserName, APassword: string);
      end;
    function AddCredential(const ACredential: TCredential): Boolean;
  end;

  IURLRequest = interface
    function GetSourceStream: TStream;
    procedure SetSourceStream(const ASourceStream: TStream);
    property SourceStream: TStream read GetSourceStream write SetSourceStream;
  end;

implementation

constructor TCredentialsStorage.TCredential.Create(AnAuthTargetType: TAuthTargetType; const ARealm, AURL, AUserName,
  APassword: string);
begin
end;

function TCredentialsStorage.AddCredential(const ACredential: TCredential): Boolean;
begin
  Result := False;
end;

end.
